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

    /// <summary>Channels of the stem, at least 1. Default null: <see cref="Width"/>. Wide residual networks have a stem of 16.</summary>
    public int? StemWidth { get; init; }

    /// <summary>Groups of a bottleneck's 3×3 convolution: ResNeXt's cardinality. Default 1, the only value for basic blocks.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Width of each group for every 64 planes (torchvision's <c>width_per_group</c>). Default 64, the only value for basic blocks.</summary>
    public int WidthPerGroup { get; init; } = 64;

    /// <summary>How a grouped bottleneck is computed; the function is the same. Default: <see cref="CardinalityForm.Grouped"/>.</summary>
    public CardinalityForm Form { get; init; } = CardinalityForm.Grouped;

    /// <summary>Where batch norm and ReLU stand. Default: <see cref="ActivationOrder.PostActivation"/>.</summary>
    public ActivationOrder Activation { get; init; } = ActivationOrder.PostActivation;

    /// <summary>How shortcuts change shape. Default: <see cref="ShortcutOption.B"/>, torchvision's.</summary>
    public ShortcutOption Shortcut { get; init; } = ShortcutOption.B;

    /// <summary>
    /// Where a bottleneck strides: false (default) on the 3×3 convolution (v1.5, torchvision),
    /// true on the first 1×1 (v1: the paper, Caffe, Keras). Without effect on basic blocks.
    /// </summary>
    public bool StrideInFirst1x1 { get; init; }

    /// <summary>Start each block as the identity: zero the weight of its last batch norm (Goyal et al. 2017). Default false.</summary>
    public bool ZeroInitResidual { get; init; }

    /// <summary>
    /// Probability, 0 to below 1, that a value before each block's last convolution is zeroed in training; the others are scaled up
    /// (Zagoruyko and Komodakis 2016, section 2.4). Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Stochastic depth (Huang et al. 2016): the probability, above 0 to 1, that the last block's residual function takes part in
    /// a training step; earlier blocks' fall linearly from 1 to it. When scoring, each function is scaled by its own. Default 1: all
    /// always take part. The paper's figure is 0.5.
    /// </summary>
    public double SurvivalProbability { get; init; } = 1;

    /// <summary>Output channels of a block over its planes: 1 for basic, 4 for bottleneck blocks.</summary>
    [JsonIgnore]
    public int Expansion => Block == BlockKind.Basic ? 1 : 4;

    /// <summary>Weighted layers as the papers count them: the stem, each block's convolutions, the classifier; no shortcuts.</summary>
    [JsonIgnore]
    public int Depth => (Block == BlockKind.Basic ? 2 : 3) * Stages.Sum() + 2;

    /// <summary>A block's probability to be there in a training step, where the last one's is <paramref name="last"/>.</summary>
    /// <param name="block">Its number, from 1.</param>
    /// <param name="last">As <see cref="SurvivalProbability"/>.</param>
    internal double Survival(int block, double last) => 1 - ((double)block / Stages.Sum() * (1 - last));

    /// <summary>Channels of the stem.</summary>
    internal int StemChannels => StemWidth ?? Width;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => (Width << (Stages.Length - 1)) * Expansion;

    /// <summary>Input pixels, along a side, for each pixel of the last stage: 32 for ImageNet, 4 for CIFAR networks.</summary>
    [JsonIgnore]
    public override int Stride => (Stem == StemKind.ImageNet ? 4 : 1) << (Stages.Length - 1);

    internal override long LayerCount => Stages.Sum(blocks => (long)blocks);

    // The classifier, and the blocks' convolutions without those of the shortcuts.
    internal override Int128 LeastParameters
    {
        get
        {
            Int128 channels = StemChannels;
            var total = (Int128)Features * Classes;
            for (var stage = 0; stage < Stages.Length; stage++)
            {
                var planes = (Int128)Width << stage;
                var width = planes * WidthPerGroup / 64 * Groups;
                var output = planes * Expansion;
                for (var i = 0; i < Math.Min(Stages[stage], 2); i++)
                {
                    var block = Block == BlockKind.Basic
                        ? (channels * planes * 9) + (planes * planes * 9)
                        : (channels * width) + (width * width * 9 / Groups) + (width * output);
                    total += i == 0 ? block : block * (Stages[stage] - 1);
                    channels = output;
                }
            }

            return total;
        }
    }

    /// <inheritdoc/>
    public override ResidualNetwork Create(Device? device = null, int? seed = null) => new(this, device, seed);

    /// <inheritdoc/>
    public override ResNetSpecification Validate()
    {
        Require(!Stages.IsDefaultOrEmpty && Stages.Length <= 4 && Stages.All(blocks => blocks >= 1), nameof(Stages),
            Stages.IsDefault ? "none" : $"[{string.Join(", ", Stages)}]", "must hold 1 to 4 stages of at least 1 block each");
        Require(Enum.IsDefined(Stem), nameof(Stem), Stem, "must be ImageNet or Cifar");
        Require(Enum.IsDefined(Block), nameof(Block), Block, "must be Basic or Bottleneck");
        Require(Enum.IsDefined(Shortcut), nameof(Shortcut), Shortcut, "must be A, B, C or None");
        Require(Enum.IsDefined(Activation), nameof(Activation), Activation, $"must be one of {string.Join(", ", Enum.GetNames<ActivationOrder>())}");
        Require(Enum.IsDefined(Form), nameof(Form), Form, $"must be one of {string.Join(", ", Enum.GetNames<CardinalityForm>())}");
        Require(Width >= 1, nameof(Width), Width, "must be at least 1");
        Require(StemChannels >= 1, nameof(StemWidth), StemChannels, "must be at least 1, or null for Width");
        Require(Groups >= 1 && WidthPerGroup >= 1, nameof(Groups), $"{Groups} of {WidthPerGroup}",
            "and WidthPerGroup must be at least 1");
        Require(Block == BlockKind.Bottleneck || (Groups == 1 && WidthPerGroup == 64), nameof(Groups),
            $"{Groups} of {WidthPerGroup}", "must be 1, and WidthPerGroup 64, for basic blocks; use Block = Bottleneck");
        Require(Block == BlockKind.Basic || Width * WidthPerGroup % 64 == 0, nameof(WidthPerGroup), WidthPerGroup,
            $"must give each group a whole number of channels: Width × WidthPerGroup, here {Width} × {WidthPerGroup}, must be divisible by 64");
        Require(Form == CardinalityForm.Grouped || (Block == BlockKind.Bottleneck && Activation == ActivationOrder.PostActivation && Dropout == 0),
            nameof(Form), Form, "must be Grouped, but for post-activation bottleneck blocks without dropout");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "must be 0 to below 1");
        Require(SurvivalProbability is > 0 and <= 1, nameof(SurvivalProbability), SurvivalProbability, "must be above 0, to 1");
        Require(SurvivalProbability == 1 || Shortcut != ShortcutOption.None, nameof(SurvivalProbability), SurvivalProbability,
            "must be 1 where Shortcut is None: without a shortcut nothing is left of a block that is dropped");
        base.Validate();
        return this;
    }

    /// <summary>Equal when every property is equal, element by element.</summary>
    public bool Equals(ResNetSpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
