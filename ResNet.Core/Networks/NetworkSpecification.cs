using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Everything that makes one classification network what it is. The module, its parameter names and shapes, and
/// what is saved beside the weights all follow from this record. Immutable; vary a preset with <c>with</c>:
/// <code>NetworkPresets.Get("resnet18") with { Classes = 5 }</code>
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(ResNetSpecification), "ResNet")]
[JsonDerivedType(typeof(DenseNetSpecification), "DenseNet")]
[JsonDerivedType(typeof(HighwaySpecification), "Highway")]
[JsonDerivedType(typeof(OdeNetSpecification), "OdeNet")]
[JsonDerivedType(typeof(ModuleSpecification), "Module")]
public abstract record NetworkSpecification
{
    // Far above every published network (ResNet-1202 has 600 blocks); so many weights take 16 GB.
    private const long MostLayers = 10_000, MostParameters = 4_000_000_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    // The families are those that this library's JSON knows.
    private protected NetworkSpecification()
    {
    }

    /// <summary>The name in the literature, such as "resnet50"; free for networks of one's own.</summary>
    public string Name { get; init; } = "network";

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

    /// <summary>Share of the classifier's input that is zeroed at random in training, 0 (default) to below 1 (Srivastava et al. 2014).</summary>
    public double HeadDropout { get; init; }

    /// <summary>Length of the feature vector before the classifier.</summary>
    [JsonIgnore]
    public abstract int Features { get; }

    /// <summary>Input pixels, along a side, for each pixel of the last feature map: 32 for most ImageNet networks.</summary>
    [JsonIgnore]
    public abstract int Stride { get; }

    /// <summary>Blocks or layers that are built in loops, each with weights of its own; 0 where there are none.</summary>
    internal virtual long LayerCount => 0;

    /// <summary>At most as many parameters as the network has, told without building it; to be asked for where <see cref="LayerCount"/> is small.</summary>
    internal virtual Int128 LeastParameters => (Int128)Features * Classes;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">
    /// Seed of the weights; torch's global generator is left as it was. null (default): they are drawn from that generator, as
    /// by any TorchSharp module.
    /// </param>
    /// <returns>The network; the caller owns it.</returns>
    /// <exception cref="ArgumentException">A rule of <see cref="Validate"/> is broken.</exception>
    public abstract ClassificationNetwork Create(Device? device = null, int? seed = null);

    /// <summary>Checks every rule; returns this record, so that calls can be chained.</summary>
    /// <exception cref="ArgumentException">A rule is broken; the message names the property and what is expected.</exception>
    public virtual NetworkSpecification Validate()
    {
        Require(Classes >= 2, nameof(Classes), Classes, "must be at least 2: a classifier needs something to tell apart");
        Require(InputChannels >= 1, nameof(InputChannels), InputChannels, "must be at least 1");
        Require(InputSize >= Stride, nameof(InputSize), InputSize,
            $"must be at least the network's stride of {Stride} pixels; use larger images, fewer stages or a network made for small images");
        Require(HeadDropout is >= 0 and < 1, nameof(HeadDropout), HeadDropout, "must be 0 to below 1");
        if (Normalization is var (mean, std))
        {
            Require(!mean.IsDefault && !std.IsDefault && mean.Length == InputChannels && std.Length == InputChannels, nameof(Normalization),
                $"{(mean.IsDefault ? 0 : mean.Length)} means, {(std.IsDefault ? 0 : std.Length)} deviations",
                $"must have one of each for each of the {InputChannels} input channels; see Normalization.Centered");
            Require(mean.All(float.IsFinite) && std.All(value => value > 0 && float.IsFinite(value)),
                nameof(Normalization), "a mean or deviation", "must be finite, and each deviation above 0, on the 0..1 scale");
        }

        return this;
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

    /// <summary>Checks that images of this size have the views of a test-time augmentation.</summary>
    /// <exception cref="ArgumentException">Ten crops of images that are not larger than <see cref="InputSize"/>.</exception>
    public void CheckViews(TestTimeAugmentation augmentation, int height, int width) => _ = TestTimeView.Of(augmentation, height, width, InputSize);

    /// <summary>This record as one line of JSON; its family as "Kind", enums by name.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The record that <see cref="ToJson"/> wrote, of the family that its "Kind" names, validated.</summary>
    /// <exception cref="ArgumentException">The text is not such JSON, breaks a rule of <see cref="Validate"/>, or asks for more than 10,000 layers or
    /// 4,000,000,000 parameters.</exception>
    public static NetworkSpecification FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var read = JsonSerializer.Deserialize<NetworkSpecification>(json, Json)?.Validate()
                ?? throw new ArgumentException("The text is no network specification: it is null.", nameof(json));
            // Whoever wrote the text, building what it asks for must not exhaust the memory.
            return read.LayerCount <= MostLayers && read.LeastParameters <= MostParameters
                ? read
                : throw new ArgumentException(
                    $"The text asks for a network of more than {MostLayers:n0} layers or {MostParameters:n0} parameters, which is not read from a text; " +
                    "build such a specification in code.", nameof(json));
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new ArgumentException($"The text is no network specification: {error.Message}", nameof(json), error);
        }
    }

    /// <summary>Throws, naming the property, its value and what is expected, where a rule is broken.</summary>
    private protected void Require(bool rule, string property, object value, string expected)
    {
        if (!rule)
        {
            throw new ArgumentException($"{Name}: {property} is {value}; it {expected}.", property);
        }
    }
}
