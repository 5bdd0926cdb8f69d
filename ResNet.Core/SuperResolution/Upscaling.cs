using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Enlarges images of bytes with an <see cref="EdsrNetwork"/>, piece by piece, so that memory does not grow with the image.</summary>
public static class Upscaling
{
    /// <summary>
    /// Enlarges one image. Each piece is computed with all around it that it depends on, so that no seams show: the result is the
    /// whole image's, but for rounding. Thread-safe as long as nothing changes the network.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="pixels">The image, height×width×channels.</param>
    /// <param name="width">Its width, from 1.</param>
    /// <param name="height">Its height, from 1.</param>
    /// <param name="tile">Side of a piece, pixels of the small image, at least 1. Default 192.</param>
    /// <returns>The large image: (Scale·height)×(Scale·width)×channels, rounded and cut to 0..255.</returns>
    /// <exception cref="ArgumentException">The span has another length than the sizes say, or the result would not fit an array.</exception>
    public static byte[] Upscale(this EdsrNetwork network, ReadOnlySpan<byte> pixels, int width, int height, int tile = 192)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(tile, 1);
        var (channels, scale) = (network.InputChannels, network.Specification.Scale);
        if ((long)width * height * channels * scale * scale > Array.MaxLength)
        {
            throw new ArgumentException($"An image of {width}×{height} pixels is too large to be enlarged {scale} times; cut it into parts.", nameof(width));
        }

        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var image = HwcBytes.ToTensor(pixels, width, height, channels).to(network.parameters().First().device);
        var result = new byte[width * height * channels * scale * scale];
        for (var top = 0; top < height; top += tile)
        {
            for (var left = 0; left < width; left += tile)
            {
                var (rows, columns) = (Window.Of(top, tile, height, network.Reach), Window.Of(left, tile, width, network.Reach));
                using var piece = NewDisposeScope();
                var enlarged = network.call(image.narrow(2, rows.From, rows.Length).narrow(3, columns.From, columns.Length))
                    .narrow(2, rows.Before * scale, rows.Inner * scale).narrow(3, columns.Before * scale, columns.Inner * scale);
                HwcBytes.Write(enlarged, result, width * scale, left * scale, top * scale);
            }
        }

        return result;
    }

    /// <summary>A piece along one axis, and what is computed with it.</summary>
    private readonly record struct Window(int From, int Length, int Before, int Inner)
    {
        public static Window Of(int start, int tile, int size, int reach)
        {
            var end = Math.Min(start + tile, size);
            var (from, to) = (Math.Max(0, start - reach), Math.Min(size, end + reach));
            return new(from, to - from, start - from, end - start);
        }
    }
}
