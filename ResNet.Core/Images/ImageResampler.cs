using System.Buffers;

namespace ResNet.Core;

/// <summary>
/// Resizes 8-bit images exactly as Pillow does, to the byte: horizontally, then vertically, in fixed point, rounded to
/// bytes between (<c>Image.resize</c>, Pillow 2.7 and later). Images are rows of pixels of interleaved channels
/// (height×width×channels). Thread-safe; allocates nothing large: all memory is pooled, and only as many source rows as
/// one target row needs are held.
/// </summary>
/// <remarks>Channels are resized each for itself. So colours of a transparent image should be multiplied by its alpha.</remarks>
public static class ImageResampler
{
    /// <summary>
    /// torchvision's <c>Resize</c> and <c>CenterCrop</c>: only what the crop shows is computed.
    /// </summary>
    /// <param name="pixels">The image, height×width×channels.</param>
    /// <param name="width">Its width, from 1.</param>
    /// <param name="height">Its height, from 1.</param>
    /// <param name="channels">Its channels, 1 to 4.</param>
    /// <param name="preprocessing">The sizes and the interpolation.</param>
    /// <param name="result">Receives the crop, Crop×Crop×channels. Zeros where the resized image is smaller.</param>
    /// <exception cref="ArgumentException">A size is out of its range, or a span has another length than its sizes say.</exception>
    public static void Prepare(
        ReadOnlySpan<byte> pixels, int width, int height, int channels, Preprocessing preprocessing, Span<byte> result)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        var crop = preprocessing.Crop;
        Check(pixels.Length, width, height, channels, nameof(pixels));
        Check(result.Length, crop, crop, channels, nameof(result));

        // torchvision's _compute_resized_output_size: the longer side is cut to an integer.
        var longer = (long)((double)((long)preprocessing.Resize * Math.Max(width, height)) / Math.Min(width, height));
        var across = CropSpan.Center(width <= height ? preprocessing.Resize : longer, crop);
        var down = CropSpan.Center(width <= height ? longer : preprocessing.Resize, crop);
        using var columns = new AxisWeights(
            width, width <= height ? preprocessing.Resize : longer, across.Start, across.Count, preprocessing.Interpolation);
        using var rows = new AxisWeights(
            height, width <= height ? longer : preprocessing.Resize, down.Start, down.Count, preprocessing.Interpolation);
        if (across.Count < crop || down.Count < crop)
        {
            result.Clear();
        }

        Resample(pixels, width, channels, columns, rows, result[(((down.Offset * crop) + across.Offset) * channels)..], crop);
    }

    /// <summary>Pillow's <c>Image.resize</c>.</summary>
    /// <param name="pixels">The image, height×width×channels.</param>
    /// <param name="width">Its width, from 1.</param>
    /// <param name="height">Its height, from 1.</param>
    /// <param name="channels">Its channels, 1 to 4.</param>
    /// <param name="result">Receives the resized image, resultHeight×resultWidth×channels.</param>
    /// <param name="resultWidth">Width of the result, from 1.</param>
    /// <param name="resultHeight">Height of the result, from 1.</param>
    /// <param name="interpolation">How it is resized.</param>
    /// <exception cref="ArgumentException">A size is out of its range, or a span has another length than its sizes say.</exception>
    public static void Resize(
        ReadOnlySpan<byte> pixels, int width, int height, int channels,
        Span<byte> result, int resultWidth, int resultHeight, Interpolation interpolation)
    {
        Check(pixels.Length, width, height, channels, nameof(pixels));
        Check(result.Length, resultWidth, resultHeight, channels, nameof(result));
        using var columns = new AxisWeights(width, resultWidth, 0, resultWidth, interpolation);
        using var rows = new AxisWeights(height, resultHeight, 0, resultHeight, interpolation);
        Resample(pixels, width, channels, columns, rows, result, resultWidth);
    }

    private static void Resample(
        ReadOnlySpan<byte> pixels, int width, int channels, AxisWeights columns, AxisWeights rows, Span<byte> result, int resultWidth)
    {
        // Horizontally resized source rows, each overwritten once no later target row needs it. They are made some at a time,
        // which is faster, so a few are ahead of the target row.
        var (length, slots) = (columns.Count * channels, rows.MaximumTaps + LineResampler.AtOnce - 1);
        var lines = ArrayPool<byte>.Shared.Rent(checked(length * slots));
        var offsets = ArrayPool<int>.Shared.Rent(slots);
        var (next, last) = (rows.Start(0), rows.End(rows.Count - 1));
        for (var y = 0; y < rows.Count; y++)
        {
            var (start, end) = (rows.Start(y), rows.End(y));
            while (next < end)
            {
                var count = Math.Min(LineResampler.AtOnce, last - next);
                for (var k = 0; k < count; k++)
                {
                    offsets[k] = (next + k) % slots * length;
                }

                LineResampler.Across(
                    pixels.Slice(next * width * channels, count * width * channels), width, channels, columns, lines, offsets.AsSpan(0, count));
                next += count;
            }

            for (var k = 0; k < end - start; k++)
            {
                offsets[k] = (start + k) % slots * length;
            }

            LineResampler.Down(lines, offsets, rows[y], result.Slice(y * resultWidth * channels, length));
        }

        ArrayPool<byte>.Shared.Return(lines);
        ArrayPool<int>.Shared.Return(offsets);
    }

    private static void Check(int length, int width, int height, int channels, string parameter)
    {
        if (width < 1 || height < 1 || channels is < 1 or > 4)
        {
            throw new ArgumentException(
                $"An image of {width}×{height} pixels and {channels} channels is none: it has at least 1×1 pixels and 1 to 4 channels.", parameter);
        }

        if (length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{width}×{height} pixels of {channels} channels are {(long)width * height * channels} bytes, but {length} are given.", parameter);
        }
    }
}
