using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What makes one densely connected network (DenseNet and DenseNet-BC, Huang et al. 2017) what it is: each layer adds GrowthRate
/// channels to all those before it, and transitions between blocks compress them.
/// </summary>
public sealed record DenseNetSpecification : NetworkSpecification
{
    /// <summary>What comes before the first block. Default: <see cref="StemKind.ImageNet"/>. The CIFAR stem has no batch norm of its own.</summary>
    public StemKind Stem { get; init; } = StemKind.ImageNet;

    /// <summary>Layers in each dense block, 1 to 5 blocks of at least 1 (torchvision's <c>block_config</c>). Every block but the first halves height and width.</summary>
    public required ImmutableArray<int> Blocks { get; init; }

    /// <summary>Channels that each layer adds, at least 1. Default 32.</summary>
    public int GrowthRate { get; init; } = 32;

    /// <summary>Channels of the stem, at least 1 (torchvision's <c>num_init_features</c>). Default 64.</summary>
    public int StemWidth { get; init; } = 64;

    /// <summary>
    /// Channels between a layer's two convolutions, in growth rates, at least 1 (torchvision's <c>bn_size</c>). Default 4 (the B of
    /// DenseNet-BC). null: no bottleneck, a layer is norm, ReLU and one 3×3 convolution.
    /// </summary>
    public int? BottleneckFactor { get; init; } = 4;

    /// <summary>Share of the channels that a transition keeps, above 0 to 1 (the paper's θ). Default 0.5 (the C of DenseNet-BC).</summary>
    public double Compression { get; init; } = 0.5;

    /// <summary>
    /// Share of the values that are zeroed at random in training after every convolution but the stem's, 0 (default) to below 1.
    /// The paper takes 0.2 on CIFAR without augmentation.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Whether training computes each layer's concatenation, norm and 1×1 convolution again for the gradients instead of keeping
    /// them: memory then grows with the depth, not with its square, for about a sixth more time (Pleiss et al. 2017). Default false.
    /// </summary>
    public bool MemoryEfficient { get; init; }

    /// <summary>Weighted layers as the paper counts them: stem, the convolutions of each layer, transitions, classifier.</summary>
    [JsonIgnore]
    public int Depth => ((BottleneckFactor is null ? 1 : 2) * Blocks.Sum()) + Blocks.Length + 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features
    {
        get
        {
            var channels = StemWidth;
            for (var i = 0; i < Blocks.Length; i++)
            {
                channels = (i == 0 ? channels : Compressed(channels)) + (Blocks[i] * GrowthRate);
            }

            return channels;
        }
    }

    /// <summary>Input pixels, along a side, for each pixel of the last block: 32 for ImageNet, 4 for CIFAR networks.</summary>
    [JsonIgnore]
    public override int Stride => (Stem == StemKind.ImageNet ? 4 : 1) << (Blocks.Length - 1);

    internal override long LayerCount => Blocks.Sum(layers => (long)layers);

    internal override Int128 LeastParameters
    {
        get
        {
            Int128 channels = StemWidth;
            Int128 growth = GrowthRate;
            var bottleneck = growth * (BottleneckFactor ?? 0);
            Int128 total = 0;
            for (var block = 0; block < Blocks.Length; block++)
            {
                for (var layer = 0; layer < Blocks[block]; layer++)
                {
                    total += bottleneck == 0 ? channels * growth * 9 : (channels * bottleneck) + (bottleneck * growth * 9);
                    channels += growth;
                }

                if (block < Blocks.Length - 1)
                {
                    var kept = (Int128)Math.Floor((double)channels * Compression);
                    total += channels * kept;
                    channels = kept;
                }
            }

            return total + (channels * Classes);
        }
    }

    /// <inheritdoc/>
    public override DenseNetwork Create(Device? device = null, int? seed = null) => new(this, device, seed);

    /// <inheritdoc/>
    public override DenseNetSpecification Validate()
    {
        Require(!Blocks.IsDefaultOrEmpty && Blocks.Length <= 5 && Blocks.All(layers => layers >= 1), nameof(Blocks),
            Blocks.IsDefault ? "none" : $"[{string.Join(", ", Blocks)}]", "must hold 1 to 5 blocks of at least 1 layer each");
        Require(Enum.IsDefined(Stem), nameof(Stem), Stem, "must be ImageNet or Cifar");
        Require(GrowthRate >= 1, nameof(GrowthRate), GrowthRate, "must be at least 1");
        Require(StemWidth >= 1, nameof(StemWidth), StemWidth, "must be at least 1");
        Require(BottleneckFactor is null or >= 1, nameof(BottleneckFactor), BottleneckFactor ?? 0, "must be at least 1, or null for no bottleneck");
        Require(Compression is > 0 and <= 1 && Compressed(StemWidth + GrowthRate) >= 1, nameof(Compression), Compression,
            "must be above 0, to 1, and leave at least one channel");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "must be 0 to below 1");
        base.Validate();
        return this;
    }

    /// <summary>Channels after a transition.</summary>
    internal int Compressed(int channels) => (int)(channels * Compression);

    /// <summary>Equal when every property is equal, element by element.</summary>
    public bool Equals(DenseNetSpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
