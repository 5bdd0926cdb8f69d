using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>What makes one U-Net (Ronneberger et al. 2015) on a residual encoder what it is. Immutable.</summary>
public sealed record UNetSpecification
{
    /// <summary>The residual network that encodes; its classes and classifier take no part.</summary>
    public required ResNetSpecification Encoder { get; init; }

    /// <summary>Classes of pixels, background included: 2 to 255.</summary>
    public required int Classes { get; init; }

    /// <summary>
    /// Channels of the decoder's blocks, the coarsest first, each at least 1; as many as the encoder halves the image. Default null: 16 for the
    /// last and twice as many for each before, so 256, 128, 64, 32, 16 for ImageNet networks.
    /// </summary>
    public ImmutableArray<int>? DecoderChannels { get; init; }

    /// <summary>Height and width of images must be multiples of this: 32 for ImageNet networks, 4 for CIFAR's.</summary>
    public int Stride => Encoder.Stride;

    /// <summary>Checks every rule; returns this record, so that calls can be chained.</summary>
    /// <exception cref="ArgumentException">A rule is broken; the message names the property and what is expected.</exception>
    public UNetSpecification Validate()
    {
        ArgumentNullException.ThrowIfNull(Encoder);
        Encoder.Validate();
        if (Classes is < 2 or > 255)
        {
            throw new ArgumentException($"Classes is {Classes}; it must be 2 to 255, background included.", nameof(Classes));
        }

        var blocks = int.Log2(Stride);
        if (blocks == 0)
        {
            throw new ArgumentException($"The encoder {Encoder.Name} never halves the image; give it at least two stages.", nameof(Encoder));
        }

        if (DecoderChannels is { } channels && (channels.IsDefault || channels.Length != blocks || channels.Any(count => count < 1)))
        {
            throw new ArgumentException(
                $"DecoderChannels is [{(channels.IsDefault ? "" : string.Join(", ", channels))}]; {Encoder.Name} halves the image {blocks} times, " +
                $"so there must be {blocks} numbers, each at least 1.", nameof(DecoderChannels));
        }

        return this;
    }

    internal IReadOnlyList<int> DecoderWidths => DecoderChannels ?? [.. Enumerable.Range(0, int.Log2(Stride)).Select(block => 16 << (int.Log2(Stride) - 1 - block))];

    /// <summary>Indices of the encoder's maps: of those that are equally large, the deepest.</summary>
    internal int[] EncoderMaps => [.. ResidualBackbone.MapsOf(Encoder).Select((map, index) => (map, index))
        .GroupBy(entry => entry.map.Reduction, (_, same) => same.Last().index)];
}
