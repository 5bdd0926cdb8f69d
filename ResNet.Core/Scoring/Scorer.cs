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
            _ = TestTimeView.Of(value, height, width, network.Specification.InputSize);
            field = value;
        }
    }

    /// <summary>What makes probabilities of the logits. Default: softmax, for one class an image.</summary>
    public OutputActivation Activation { get; init; } = OutputActivation.Softmax;

    /// <summary>Number of classes: the length of one image's probabilities.</summary>
    public int Classes => network.Specification.Classes;

    /// <summary>Number of pixel values of one image: channels × height × width.</summary>
    public int ImageLength => network.Specification.InputChannels * height * width;

    /// <summary>Probabilities of <paramref name="count"/> images.</summary>
    /// <param name="pixels">count×C×H×W pixel values, 0..255 where the network normalises.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="probabilities">Receives count×Classes probabilities, an image after the other.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Score(ReadOnlySpan<float> pixels, int count, Span<float> probabilities) =>
        Score(pixels, ScalarType.Float32, count, probabilities, []);

    /// <summary>Softmax probabilities of <paramref name="count"/> images and, from the same passes, their embeddings.</summary>
    /// <param name="pixels">count×C×H×W pixel values, 0..255 where the network normalises.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="probabilities">Receives count×Classes probabilities, an image after the other.</param>
    /// <param name="embeddings">Receives count×Features values, what the classifier sees; with <see cref="TestTimeAugmentation"/> their mean over the views.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Score(ReadOnlySpan<float> pixels, int count, Span<float> probabilities, Span<float> embeddings)
    {
        if (embeddings.Length != (long)count * network.Specification.Features)
        {
            throw new ArgumentException(
                $"{count} images have {(long)count * network.Specification.Features} features, but there is room for {embeddings.Length}.", nameof(embeddings));
        }

        Score(pixels, ScalarType.Float32, count, probabilities, embeddings);
    }

    /// <summary>Probabilities of <paramref name="count"/> images of bytes.</summary>
    /// <inheritdoc cref="Score(ReadOnlySpan{float}, int, Span{float})"/>
    public void Score(ReadOnlySpan<byte> pixels, int count, Span<float> probabilities) =>
        Score(pixels, ScalarType.Byte, count, probabilities, []);

    /// <summary>Probabilities of <paramref name="count"/> images.</summary>
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

    // No room for embeddings: they are not asked for.
    private void Score<T>(ReadOnlySpan<T> pixels, ScalarType type, int count, Span<float> probabilities, Span<float> embeddings)
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
            var (scores, features) = embeddings.IsEmpty ? (Probabilities(batch.to(device)), null) : WithEmbeddings(batch.to(device));
            Copy(scores, probabilities, Classes);
            if (features is not null)
            {
                Copy(features, embeddings, specification.Features);
            }

            void Copy(Tensor values, Span<float> target, int length) =>
                MemoryMarshal.Cast<byte, float>(values.cpu().bytes).CopyTo(target.Slice(first * length, images * length));
        }
    }

    private Tensor Probabilities(Tensor images) => Mean(Views(images).Select(view => Activated(network.call(view))));

    private (Tensor Probabilities, Tensor Embeddings) WithEmbeddings(Tensor images)
    {
        var embeddings = Views(images).Select(view => network.forward_head(network.forward_features(view), pre_logits: true)).ToArray();
        return (Mean(embeddings.Select(each => Activated(network.Head.call(each)))), Mean(embeddings));
    }

    private Tensor Activated(Tensor logits) => Activation == OutputActivation.Sigmoid ? logits.sigmoid() : logits.softmax(1);

    private static Tensor Mean(IEnumerable<Tensor> views)
    {
        Tensor? sum = null;
        var count = 0;
        foreach (var view in views)
        {
            // The first one may still be needed as it is.
            sum = count++ == 0 ? view : count == 2 ? sum! + view : sum!.add_(view);
        }

        return count == 1 ? sum! : sum!.div_(count);
    }

    private IEnumerable<Tensor> Views(Tensor images) => TestTimeView.Of(TestTimeAugmentation, height, width, network.Specification.InputSize).Select(view =>
    {
        var part = images.narrow(2, view.Top, view.Height).narrow(3, view.Left, view.Width);
        return view.Mirrored ? part.flip(3) : part;
    });
}
