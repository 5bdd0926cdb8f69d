using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What makes one residual network (He et al. 2015) what it is. Vary a preset with <c>with</c>:
/// <code>ResNetPresets.Get("resnet18") with { Classes = 5, Shortcut = ShortcutOption.C }</code>
/// </summary>
public sealed record ResNetSpecification : NetworkSpecification
{
    /// <summary>What comes before the first stage. Default: <see cref="StemKind.ImageNet"/>.</summary>
    public StemKind Stem { get; init; } = StemKind.ImageNet;

    /// <summary>The kind of every residual block. Default: <see cref="BlockKind.Basic"/>.</summary>
    public BlockKind Block { get; init; } = BlockKind.Basic;

    /// <summary>Blocks in each stage, 1 to 4 stages, each at least 1. Every stage but the first halves height and width.</summary>
    public required ImmutableArray<int> Stages { get; init; }

    /// <summary>Planes of the first stage, doubled by each that follows. Default 64 (ImageNet); CIFAR networks have 16.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Groups of a bottleneck's 3×3 convolution: ResNeXt's cardinality. Default 1, the only value for basic blocks.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Width of each group for every 64 planes (torchvision's <c>width_per_group</c>). Default 64, the only value for basic blocks.</summary>
    public int WidthPerGroup { get; init; } = 64;

    /// <summary>How shortcuts change shape. Default: <see cref="ShortcutOption.B"/>, torchvision's.</summary>
    public ShortcutOption Shortcut { get; init; } = ShortcutOption.B;

    /// <summary>
    /// Where a bottleneck strides: false (default) on the 3×3 convolution (v1.5, torchvision),
    /// true on the first 1×1 (v1: the paper, Caffe, Keras). Without effect on basic blocks.
    /// </summary>
    public bool StrideInFirst1x1 { get; init; }

    /// <summary>Start each block as the identity: zero the weight of its last batch norm (Goyal et al. 2017). Default false.</summary>
    public bool ZeroInitResidual { get; init; }

    /// <summary>Output channels of a block over its planes: 1 for basic, 4 for bottleneck blocks.</summary>
    [JsonIgnore]
    public int Expansion => Block == BlockKind.Basic ? 1 : 4;

    /// <summary>Weighted layers as the papers count them: the stem, each block's convolutions, the classifier; no shortcuts.</summary>
    [JsonIgnore]
    public int Depth => (Block == BlockKind.Basic ? 2 : 3) * Stages.Sum() + 2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => (Width << (Stages.Length - 1)) * Expansion;

    /// <summary>Input pixels, along a side, for each pixel of the last stage: 32 for ImageNet, 4 for CIFAR networks.</summary>
    [JsonIgnore]
    public override int Stride => (Stem == StemKind.ImageNet ? 4 : 1) << (Stages.Length - 1);

    /// <inheritdoc/>
    public override ResidualNetwork Create(Device? device = null, int? seed = null) => new(this, device, seed);

    /// <inheritdoc/>
    public override ResNetSpecification Validate()
    {
        Require(!Stages.IsDefaultOrEmpty && Stages.Length <= 4 && Stages.All(blocks => blocks >= 1), nameof(Stages),
            Stages.IsDefault ? "none" : $"[{string.Join(", ", Stages)}]", "must hold 1 to 4 stages of at least 1 block each");
        Require(Enum.IsDefined(Stem), nameof(Stem), Stem, "must be ImageNet or Cifar");
        Require(Enum.IsDefined(Block), nameof(Block), Block, "must be Basic or Bottleneck");
        Require(Enum.IsDefined(Shortcut), nameof(Shortcut), Shortcut, "must be A, B or C");
        Require(Width >= 1, nameof(Width), Width, "must be at least 1");
        Require(Groups >= 1 && WidthPerGroup >= 1, nameof(Groups), $"{Groups} of {WidthPerGroup}",
            "and WidthPerGroup must be at least 1");
        Require(Block == BlockKind.Bottleneck || (Groups == 1 && WidthPerGroup == 64), nameof(Groups),
            $"{Groups} of {WidthPerGroup}", "must be 1, and WidthPerGroup 64, for basic blocks; use Block = Bottleneck");
        Require(Block == BlockKind.Basic || Width * WidthPerGroup / 64 >= 1, nameof(WidthPerGroup), WidthPerGroup,
            "must leave each group at least one channel (Width × WidthPerGroup / 64)");
        base.Validate();
        return this;
    }

    /// <summary>Equal when every property is equal, element by element.</summary>
    public bool Equals(ResNetSpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
