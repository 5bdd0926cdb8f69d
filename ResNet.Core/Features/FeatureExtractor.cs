using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Features of images, in batches: embeddings, or a stage's maps. Puts the network in eval mode once, at construction. Safe from
/// several threads at once, as long as nobody trains or changes the network meanwhile.
/// </summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly ClassificationNetwork network;
    private readonly FeatureLayer layer;
    private readonly int batchSize;
    private readonly int height;
    private readonly int width;
    private readonly bool ownsNetwork;
    private readonly Device device;

    /// <param name="network">The network; it runs on the device that it is on.</param>
    /// <param name="layer">Which values; null (default): the embedding.</param>
    /// <param name="batchSize">Images a forward pass, at least 1. Default 32. More images are cut into such batches.</param>
    /// <param name="height">Height of the images in pixels; null (default): the specification's InputSize.</param>
    /// <param name="width">Width of the images in pixels; null (default): the specification's InputSize.</param>
    /// <param name="ownsNetwork">true: disposing of the extractor disposes of the network. Default false.</param>
    /// <exception cref="ArgumentException">There is no such stage, the batch size is below 1, or the images are smaller than the network's stride.</exception>
    public FeatureExtractor(
        ClassificationNetwork network, FeatureLayer? layer = null, int batchSize = 32, int? height = null, int? width = null, bool ownsNetwork = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (this.network, this.layer, this.batchSize, this.ownsNetwork) = (network, layer ?? FeatureLayer.Embedding, batchSize, ownsNetwork);
        (this.height, this.width) = (height ?? network.Specification.InputSize, width ?? network.Specification.InputSize);
        Shape = ShapeOf(network, this.layer, this.height, this.width);
        device = network.parameters().First().device;
        network.eval();
    }

    /// <summary>Shape of one image's features: [channels], or [channels, height, width] where they are not pooled.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of one image's features.</summary>
    public int Length => Shape.Aggregate(1, (product, side) => checked(product * side));

    private int ImageLength => network.Specification.InputChannels * height * width;

    /// <summary>Features of one batch, in one forward pass whatever its size.</summary>
    /// <param name="pixels">N×C×H×W, uint8 or float32, on any device; values 0..255 where the network normalises.</param>
    /// <returns>N×<see cref="Shape"/> on the network's device; the caller owns them. They take no part in autograd.</returns>
    public Tensor Extract(Tensor pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return Run(network, layer, pixels.to(device)).MoveToOuterDisposeScope();
    }

    /// <summary>Features of <paramref name="count"/> images.</summary>
    /// <param name="pixels">count×C×H×W pixel values, 0..255 where the network normalises.</param>
    /// <param name="count">Number of images, 0 or more.</param>
    /// <param name="features">Receives count×<see cref="Length"/> values, an image after the other.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Extract(ReadOnlySpan<float> pixels, int count, Span<float> features)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (pixels.Length != (long)count * ImageLength)
        {
            throw new ArgumentException($"{count} images are {(long)count * ImageLength} values, but there are {pixels.Length}.", nameof(pixels));
        }

        if (features.Length != (long)count * Length)
        {
            throw new ArgumentException($"{count} images have {(long)count * Length} features, but there is room for {features.Length}.", nameof(features));
        }

        for (var first = 0; first < count; first += batchSize)
        {
            using var scope = NewDisposeScope();
            var images = Math.Min(batchSize, count - first);
            var batch = empty(images, network.Specification.InputChannels, height, width, ScalarType.Float32);
            pixels.Slice(first * ImageLength, images * ImageLength).CopyTo(MemoryMarshal.Cast<byte, float>(batch.bytes));
            // The maps may lie in memory channels last.
            var values = Extract(batch).cpu().contiguous();
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(features.Slice(first * Length, images * Length));
        }
    }

    /// <summary>Disposes of the network if this extractor owns it.</summary>
    public void Dispose()
    {
        if (ownsNetwork)
        {
            network.Dispose();
        }
    }

    /// <summary>Shape of one image's features.</summary>
    /// <param name="network">The network; not changed.</param>
    /// <param name="layer">Which values.</param>
    /// <param name="height">Height of the images in pixels.</param>
    /// <param name="width">Width of the images in pixels.</param>
    /// <returns>[channels], or [channels, height, width] where they are not pooled.</returns>
    /// <exception cref="ArgumentException">There is no such stage, or the images are smaller than the network's stride.</exception>
    public static ImmutableArray<int> ShapeOf(ClassificationNetwork network, FeatureLayer layer, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layer);
        var specification = network.Specification;
        specification.CheckImages(specification.InputChannels, height, width);
        network.CheckStage(layer.Stage ?? network.StageCount);
        if (layer.Pooled && (layer.Stage ?? network.StageCount) == network.StageCount)
        {
            return [specification.Features];
        }

        // Families round differently, so a black image tells.
        var wasTraining = network.training;
        network.eval();
        try
        {
            using var inference = inference_mode();
            using var scope = NewDisposeScope();
            var black = zeros(1, specification.InputChannels, height, width, device: network.parameters().First().device);
            return [.. Run(network, layer, black).shape.Skip(1).Select(side => (int)side)];
        }
        finally
        {
            network.train(wasTraining);
        }
    }

    private static Tensor Run(ClassificationNetwork network, FeatureLayer layer, Tensor pixels)
    {
        var maps = network.forward_stage(pixels, layer.Stage ?? network.StageCount);
        return layer.Pooled ? network.forward_head(maps, pre_logits: true) : maps;
    }
}
