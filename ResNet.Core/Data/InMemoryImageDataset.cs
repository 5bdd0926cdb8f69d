using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Images held in managed memory as bytes or floats, 0..255, in C×H×W order. The arrays are used as they are, not copied:
/// leave them alone while the dataset is in use. Reading from several threads at once is safe.
/// </summary>
public sealed class InMemoryImageDataset : IImageDataset, IDisposable
{
    private ReadOnlyMemory<byte>[]? bytes;
    private ReadOnlyMemory<float>[]? floats;

    /// <summary>Images as bytes, one array each.</summary>
    /// <param name="images">Each C×H×W bytes.</param>
    /// <param name="labels">The class of each image, 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentException">A size, count or label does not fit; the message names the first image concerned.</exception>
    public InMemoryImageDataset(IEnumerable<ReadOnlyMemory<byte>> images, int[] labels, int channels, int height, int width, int classes)
        : this(images, ImageLabels.One(labels, classes), channels, height, width)
    {
    }

    /// <summary>Images as floats 0..255, one array each. Parameters as for bytes.</summary>
    /// <inheritdoc cref="InMemoryImageDataset(IEnumerable{ReadOnlyMemory{byte}}, int[], int, int, int, int)"/>
    public InMemoryImageDataset(IEnumerable<ReadOnlyMemory<float>> images, int[] labels, int channels, int height, int width, int classes)
        : this(images, ImageLabels.One(labels, classes), channels, height, width)
    {
    }

    /// <summary>Images as bytes, all in one array of N×C×H×W. Parameters as for separate arrays.</summary>
    /// <inheritdoc cref="InMemoryImageDataset(IEnumerable{ReadOnlyMemory{byte}}, int[], int, int, int, int)"/>
    public InMemoryImageDataset(byte[] pixels, int[] labels, int channels, int height, int width, int classes)
        : this(Slices(pixels, channels * height * width), labels, channels, height, width, classes)
    {
    }

    /// <summary>Images as floats 0..255, all in one array of N×C×H×W. Parameters as for separate arrays.</summary>
    /// <inheritdoc cref="InMemoryImageDataset(IEnumerable{ReadOnlyMemory{byte}}, int[], int, int, int, int)"/>
    public InMemoryImageDataset(float[] pixels, int[] labels, int channels, int height, int width, int classes)
        : this(Slices(pixels, channels * height * width), labels, channels, height, width, classes)
    {
    }

    /// <summary>Images as bytes, one array each, of one class each or of several.</summary>
    /// <param name="images">Each C×H×W bytes.</param>
    /// <param name="labels">The classes of each image.</param>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">A size or count does not fit; the message names the first image concerned.</exception>
    public InMemoryImageDataset(IEnumerable<ReadOnlyMemory<byte>> images, ImageLabels labels, int channels, int height, int width)
        : this(labels, channels, height, width) => bytes = Check(images);

    /// <summary>Images as floats 0..255, one array each, of one class each or of several. Parameters as for bytes.</summary>
    /// <inheritdoc cref="InMemoryImageDataset(IEnumerable{ReadOnlyMemory{byte}}, ImageLabels, int, int, int)"/>
    public InMemoryImageDataset(IEnumerable<ReadOnlyMemory<float>> images, ImageLabels labels, int channels, int height, int width)
        : this(labels, channels, height, width) => floats = Check(images);

    private InMemoryImageDataset(ImageLabels labels, int channels, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Labels, Channels, Height, Width) = (labels, channels, height, width);
    }

    /// <inheritdoc/>
    public int Count => Labels.Count;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Classes => Labels.Classes;

    /// <summary>The classes of each image.</summary>
    public ImageLabels Labels { get; }

    /// <inheritdoc/>
    public ImageBatch GetBatch(ReadOnlySpan<int> indices)
    {
        var pixels = bytes is not null ? Gather(bytes, indices, ScalarType.Byte)
            : floats is not null ? Gather(floats, indices, ScalarType.Float32)
            : throw new ObjectDisposedException(nameof(InMemoryImageDataset));
        return new ImageBatch(pixels, Labels.Batch(indices));
    }

    /// <summary>
    /// Splits at random, each class by itself, so that both parts have the same mix (<see cref="StratifiedSplit"/>). With one class an image,
    /// every class of two or more images has at least one in each part. The parts are views: cheap, and valid as long as this dataset is.
    /// </summary>
    /// <param name="fraction">Share of each class for validation, above 0 and below 1, such as 0.1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    public (SubsetImageDataset Train, SubsetImageDataset Validation) Split(double fraction, int seed)
    {
        var (train, validation) = Labels.Split(fraction, seed);
        return (new SubsetImageDataset(this, train), new SubsetImageDataset(this, validation));
    }

    /// <summary>Lets go of the images.</summary>
    public void Dispose() => (bytes, floats) = (null, null);

    private Tensor Gather<T>(ReadOnlyMemory<T>[] images, ReadOnlySpan<int> indices, ScalarType type)
        where T : unmanaged
    {
        var size = Channels * Height * Width;
        var result = empty(indices.Length, Channels, Height, Width, type);
        var target = MemoryMarshal.Cast<byte, T>(result.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            images[indices[i]].Span.CopyTo(target.Slice(i * size, size));
        }

        return result;
    }

    private ReadOnlyMemory<T>[] Check<T>(IEnumerable<ReadOnlyMemory<T>> images)
    {
        var all = images.ToArray();
        if (all.Length != Labels.Count)
        {
            throw new ArgumentException($"There must be one label an image, but there are {all.Length} images and {Labels.Count} labels.", nameof(images));
        }

        var size = Channels * Height * Width;
        var wrong = Array.FindIndex(all, image => image.Length != size);
        return wrong < 0 ? all : throw new ArgumentException(
            $"Every image must have {Channels}×{Height}×{Width} = {size} values, but image {wrong} has {all[wrong].Length}.", nameof(images));
    }

    private static IEnumerable<ReadOnlyMemory<T>> Slices<T>(T[] pixels, int size)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        for (var start = 0; size > 0 && start < pixels.Length; start += size)
        {
            yield return pixels.AsMemory(start, Math.Min(size, pixels.Length - start));
        }
    }
}
