using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Class probabilities of images, in batches. Puts the network in eval mode once, at construction. Scoring from several
/// threads at once is safe, as long as nobody trains or changes the network meanwhile.
/// </summary>
public sealed class Scorer : IDisposable
{
    private readonly ClassificationNetwork network;
    private readonly int batchSize;
    private readonly bool ownsNetwork;
    private readonly int height;
    private readonly int width;
    private readonly Device device;

    /// <param name="network">The network to score with; it scores on the device that it is on.</param>
    /// <param name="batchSize">Images a forward pass, at least 1. Default 32. More images are cut into such batches.</param>
    /// <param name="height">Height of the images in pixels; null (default): the specification's InputSize.</param>
    /// <param name="width">Width of the images in pixels; null (default): the specification's InputSize.</param>
    /// <param name="ownsNetwork">true: disposing of the scorer disposes of the network. Default false.</param>
    /// <exception cref="ArgumentException">The batch size is below 1, or the images are smaller than the network's stride.</exception>
    public Scorer(ClassificationNetwork network, int batchSize = 32, int? height = null, int? width = null, bool ownsNetwork = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.network, this.batchSize, this.ownsNetwork) = (network, batchSize, ownsNetwork);
        (this.height, this.width) = (height ?? network.Specification.InputSize, width ?? network.Specification.InputSize);
        network.Specification.CheckImages(network.Specification.InputChannels, this.height, this.width);
        device = network.parameters().First().device;
        network.eval();
    }

    /// <summary>Views of each image that <c>Score</c> averages over. Default: the image alone. <see cref="Logits"/> takes the image as it is.</summary>
    /// <exception cref="ArgumentException">Ten crops of images that are not larger than the specification's InputSize.</exception>
    public TestTimeAugmentation TestTimeAugmentation
    {
        get;
        init
        {
            var size = network.Specification.InputSize;
            field = value != TestTimeAugmentation.TenCrop || (Math.Min(height, width) >= size && Math.Max(height, width) > size)
                ? value
                : throw new ArgumentException(
                    $"TenCrop takes parts of {size}×{size} pixels out of larger images, but these have {height}×{width}; give larger ones, or use Flip.",
                    nameof(TestTimeAugmentation));
        }
    }

    /// <summary>Number of classes: the length of one image's probabilities.</summary>
    public int Classes => network.Specification.Classes;

    /// <summary>Number of pixel values of one image: channels × height × width.</summary>
    public int ImageLength => network.Specification.InputChannels * height * width;

    /// <summary>Softmax probabilities of <paramref name="count"/> images.</summary>
    /// <param name="pixels">count×C×H×W pixel values, 0..255 where the network normalises.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="probabilities">Receives count×Classes probabilities, an image after the other.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Score(ReadOnlySpan<float> pixels, int count, Span<float> probabilities) =>
        Score(pixels, ScalarType.Float32, count, probabilities);

    /// <summary>Softmax probabilities of <paramref name="count"/> images of bytes.</summary>
    /// <inheritdoc cref="Score(ReadOnlySpan{float}, int, Span{float})"/>
    public void Score(ReadOnlySpan<byte> pixels, int count, Span<float> probabilities) =>
        Score(pixels, ScalarType.Byte, count, probabilities);

    /// <summary>Softmax probabilities of <paramref name="count"/> images.</summary>
    /// <returns>count×Classes probabilities, an image after the other.</returns>
    /// <inheritdoc cref="Score(ReadOnlySpan{float}, int, Span{float})"/>
    public float[] Score(ReadOnlySpan<float> pixels, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var probabilities = new float[count * Classes];
        Score(pixels, count, probabilities);
        return probabilities;
    }

    /// <summary>Logits of one batch, in one forward pass whatever its size.</summary>
    /// <param name="pixels">N×C×H×W, uint8 or float32, on any device.</param>
    /// <returns>N×Classes logits on the network's device; the caller owns them. They take no part in autograd.</returns>
    public Tensor Logits(Tensor pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return network.call(pixels.to(device)).MoveToOuterDisposeScope();
    }

    /// <summary>Disposes of the network if this scorer owns it.</summary>
    public void Dispose()
    {
        if (ownsNetwork)
        {
            network.Dispose();
        }
    }

    private void Score<T>(ReadOnlySpan<T> pixels, ScalarType type, int count, Span<float> probabilities)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var specification = network.Specification;
        if (pixels.Length != (long)count * ImageLength)
        {
            throw new ArgumentException(
                $"{count} images of {specification.InputChannels}×{height}×{width} are {(long)count * ImageLength} values, but there are {pixels.Length}.",
                nameof(pixels));
        }

        if (probabilities.Length != (long)count * Classes)
        {
            throw new ArgumentException(
                $"{count} images have {(long)count * Classes} probabilities, but there is room for {probabilities.Length}.", nameof(probabilities));
        }

        using var inference = inference_mode();
        for (var first = 0; first < count; first += batchSize)
        {
            using var scope = NewDisposeScope();
            var images = Math.Min(batchSize, count - first);
            var batch = empty(images, specification.InputChannels, height, width, type);
            pixels.Slice(first * ImageLength, images * ImageLength).CopyTo(MemoryMarshal.Cast<byte, T>(batch.bytes));
            var scores = Probabilities(batch.to(device)).cpu();
            MemoryMarshal.Cast<byte, float>(scores.bytes).CopyTo(probabilities.Slice(first * Classes, images * Classes));
        }
    }

    private Tensor Probabilities(Tensor images)
    {
        var views = Views(images).ToArray();
        var sum = network.call(views[0]).softmax(1);
        foreach (var view in views.Skip(1))
        {
            sum.add_(network.call(view).softmax(1));
        }

        return sum.div_(views.Length);
    }

    private IEnumerable<Tensor> Views(Tensor images)
    {
        var size = network.Specification.InputSize;
        var (bottom, right) = (height - size, width - size);
        Tensor[] views = TestTimeAugmentation == TestTimeAugmentation.TenCrop
            ? [Crop(0, 0), Crop(0, right), Crop(bottom, 0), Crop(bottom, right), Crop((int)Math.Round(bottom / 2.0), (int)Math.Round(right / 2.0))]
            : [images];
        return TestTimeAugmentation == TestTimeAugmentation.None ? views : views.Concat(views.Select(view => view.flip(3)));

        Tensor Crop(int top, int left) => images.narrow(2, top, size).narrow(3, left, size);
    }
}
