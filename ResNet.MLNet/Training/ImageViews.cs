using System.Runtime.InteropServices;
using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.MLNet.Training;

/// <summary>The views of an image that features are made of: the image itself, or augmented ones. Each row's randomness is drawn in turn,
/// so the rows must come in their order.</summary>
/// <param name="options">With the augmentation.</param>
/// <param name="shape">The images' shape, which augmented ones must have, too.</param>
/// <param name="isAugmented">Which rows are augmented; the others are seen as they are.</param>
/// <param name="seed">Fixes the augmented views.</param>
internal sealed class ImageViews(ResNetTrainerOptions options, ImageShape shape, Func<int, bool> isAugmented, int seed)
{
    private readonly int _views = options.CachedViews ?? ResNetTrainerOptions.DefaultAugmentedViews;
    private readonly Random _random = new(seed);

    /// <summary>Views of each image that is trained on.</summary>
    public static int Number(ResNetTrainerOptions options) =>
        options.Augmentation == Augmentation.None ? 1 : options.CachedViews ?? ResNetTrainerOptions.DefaultAugmentedViews;

    /// <summary>Number of a row's views.</summary>
    public int Count(int row) => isAugmented(row) ? _views : 1;

    /// <summary>A row's views, in turn. Memory is valid until the next one.</summary>
    public IEnumerable<ReadOnlyMemory<float>> Of(int row, ReadOnlyMemory<float> image)
    {
        if (!isAugmented(row))
        {
            yield return image;
            yield break;
        }
        for (var view = 0; view < _views; view++) yield return Augmented(image.Span, new Random(_random.Next()));
    }

    private float[] Augmented(ReadOnlySpan<float> image, Random random)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        // Bytes where they lose nothing, as when whole networks are trained.
        var pixels = empty(1, shape.Channels, shape.Height, shape.Width, ScalarType.Float32);
        image.CopyTo(MemoryMarshal.Cast<byte, float>(pixels.bytes));
        var bytes = pixels.to(ScalarType.Byte);
        var view = options.Augmentation.Apply(bytes.to(ScalarType.Float32).eq(pixels).all().item<bool>() ? bytes : pixels, random);
        if (view.shape is not [1, var channels, var height, var width] || (channels, height, width) != (shape.Channels, shape.Height, shape.Width))
            throw new ArgumentException(
                $"The augmentation makes images of [{string.Join(", ", view.shape.Skip(1))}] out of images of {shape}, but features are made of images of one size. " +
                $"Give it that size, as in Augmentation.ResizedCrop({shape.Height}), or set CachedViews to 0.");
        return MemoryMarshal.Cast<byte, float>(view.to(ScalarType.Float32).contiguous().bytes).ToArray();
    }
}
