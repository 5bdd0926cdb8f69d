using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.MLNet.Training;

/// <summary>The images of a <see cref="PixelCache"/>, which stays its owner's. Reading from several threads at once is safe.</summary>
internal sealed class CachedImages(PixelCache cache, ImageLabels labels) : IImageDataset
{
    // The disk serves several reads at once better than one after the other.
    private static readonly ParallelOptions FromDisk = new() { MaxDegreeOfParallelism = Math.Min(8, 2 * Environment.ProcessorCount) };

    public int Count => labels.Count;

    public int Channels => cache.Shape.Channels;

    public int Height => cache.Shape.Height;

    public int Width => cache.Shape.Width;

    public int Classes => labels.Classes;

    public ImageLabels Labels => labels;

    public ImageBatch GetBatch(ReadOnlySpan<int> indices)
    {
        var images = indices.ToArray();
        var pixels = empty(images.Length, Channels, Height, Width, cache.IsBytes ? ScalarType.Byte : ScalarType.Float32);
        if (cache.OnDisk > 0) Parallel.For(0, images.Length, FromDisk, Copy);
        else for (var i = 0; i < images.Length; i++) Copy(i);
        return new(pixels, labels.Batch(indices));

        void Copy(int i)
        {
            var values = pixels.bytes;
            var size = values.Length / images.Length;
            cache.CopyTo(images[i], values.Slice(i * size, size));
        }
    }

    /// <summary>Splits at random, each class by itself; the parts are views.</summary>
    public (SubsetImageDataset Train, SubsetImageDataset Validation) Split(double fraction, int seed)
    {
        var (train, validation) = labels.Split(fraction, seed);
        return (new(this, train), new(this, validation));
    }
}
