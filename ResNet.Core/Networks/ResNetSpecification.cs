using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResNet.Core;

/// <summary>
/// Everything that makes one residual network what it is. The module, its parameter names and shapes, and
/// what is saved beside the weights all follow from this record. Immutable; vary a preset with <c>with</c>:
/// <code>ResNetPresets.Get("resnet18") with { Classes = 5, Shortcut = ShortcutOption.C }</code>
/// </summary>
public sealed record ResNetSpecification
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The name in the literature, such as "resnet50"; free for networks of one's own.</summary>
    public string Name { get; init; } = "resnet";

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

    /// <summary>Number of classes, at least 2. Default 1000.</summary>
    public int Classes { get; init; } = 1000;

    /// <summary>Channels of the input, at least 1. Default 3 (RGB).</summary>
    public int InputChannels { get; init; } = 3;

    /// <summary>
    /// Height and width, in pixels, of the images that the network is made for; at least <see cref="Stride"/>.
    /// Others run too (global average pooling), as long as they are that large. Default 224.
    /// </summary>
    public int InputSize { get; init; } = 224;

    /// <summary>
    /// What the network does to pixel values 0..255 first. null: the input is used as it is.
    /// Default: <see cref="Normalization.ImageNet"/>.
    /// </summary>
    public Normalization? Normalization { get; init; } = Normalization.ImageNet;

    /// <summary>Output channels of a block over its planes: 1 for basic, 4 for bottleneck blocks.</summary>
    [JsonIgnore]
    public int Expansion => Block == BlockKind.Basic ? 1 : 4;

    /// <summary>Weighted layers as the papers count them: the stem, each block's convolutions, the classifier; no shortcuts.</summary>
    [JsonIgnore]
    public int Depth => (Block == BlockKind.Basic ? 2 : 3) * Stages.Sum() + 2;

    /// <summary>Length of the feature vector before the classifier.</summary>
    [JsonIgnore]
    public int Features => (Width << (Stages.Length - 1)) * Expansion;

    /// <summary>Input pixels, along a side, for each pixel of the last stage: 32 for ImageNet, 4 for CIFAR networks.</summary>
    [JsonIgnore]
    public int Stride => (Stem == StemKind.ImageNet ? 4 : 1) << (Stages.Length - 1);

    /// <summary>Checks every rule; returns this record, so that calls can be chained.</summary>
    /// <exception cref="ArgumentException">A rule is broken; the message names the property and what is expected.</exception>
    public ResNetSpecification Validate()
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
        Require(Classes >= 2, nameof(Classes), Classes, "must be at least 2: a classifier needs something to tell apart");
        Require(InputChannels >= 1, nameof(InputChannels), InputChannels, "must be at least 1");
        Require(InputSize >= Stride, nameof(InputSize), InputSize,
            $"must be at least the network's stride of {Stride} pixels; use larger images, fewer stages or Stem = Cifar");
        if (Normalization is { } normalization)
        {
            Require(normalization.Mean.Length == InputChannels && normalization.Std.Length == InputChannels, nameof(Normalization),
                $"{normalization.Mean.Length} means, {normalization.Std.Length} deviations",
                $"must have one of each for each of the {InputChannels} input channels; see Normalization.Centered");
            Require(normalization.Mean.All(float.IsFinite) && normalization.Std.All(std => std > 0 && float.IsFinite(std)),
                nameof(Normalization), "a mean or deviation", "must be finite, and each deviation above 0, on the 0..1 scale");
        }

        return this;

        void Require(bool rule, string property, object value, string expected)
        {
            if (!rule)
            {
                throw new ArgumentException($"{Name}: {property} is {value}; it {expected}.", property);
            }
        }
    }

    /// <summary>Checks that images of this shape can pass through the network.</summary>
    /// <exception cref="ArgumentException">The channels differ, or a side is shorter than <see cref="Stride"/>.</exception>
    public void CheckImages(long channels, long height, long width)
    {
        if (channels != InputChannels)
        {
            throw new ArgumentException(
                $"{Name} takes images of {InputChannels} channels, but these have {channels}; " +
                "convert the images, or set InputChannels (and Normalization) of the specification.");
        }

        if (height < Stride || width < Stride)
        {
            throw new ArgumentException(
                $"{Name} needs images of at least {Stride}×{Stride} pixels (its stride), but these are {height}×{width}; " +
                "resize them, or use a network made for small images, such as resnet20.");
        }
    }

    /// <summary>This record as one line of JSON; enums by name.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The record that <see cref="ToJson"/> wrote, validated.</summary>
    /// <exception cref="ArgumentException">The text is not such JSON, or breaks a rule of <see cref="Validate"/>.</exception>
    public static ResNetSpecification FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize<ResNetSpecification>(json, Json)?.Validate()
                ?? throw new ArgumentException("The text is no network specification: it is null.", nameof(json));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The text is no network specification: {error.Message}", nameof(json), error);
        }
    }

    /// <summary>Equal when every property is equal, element by element.</summary>
    public bool Equals(ResNetSpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
