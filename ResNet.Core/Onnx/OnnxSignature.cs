using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResNet.Core;

/// <summary>
/// The names and types of an ONNX graph's input and outputs. Immutable; it travels in the file's metadata.
/// </summary>
public sealed record OnnxSignature
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The input: a batch of images, n×C×H×W or n×H×W×C, pixel values 0..255, red first. Default "input".</summary>
    public string Input { get; init; } = "input";

    /// <summary>How an image's values follow each other. Default: <see cref="PixelLayout.Planar"/>.</summary>
    public PixelLayout Layout { get; init; } = PixelLayout.Planar;

    /// <summary>Whether the input is of uint8; float32 otherwise. Default false.</summary>
    public bool Bytes { get; init; }

    /// <summary>Height of the images in pixels, from 1. null (default): the specification's InputSize.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the images in pixels, from 1. null (default): the specification's InputSize.</summary>
    public int? Width { get; init; }

    /// <summary>
    /// Whether images of any size may be fed, so that <see cref="Height"/> and <see cref="Width"/> only say what is usual. ML.NET
    /// wants fixed sizes. Default false.
    /// </summary>
    public bool AnySize { get; init; }

    /// <summary>Output n×Classes, float32: the classifier's values. Default "Logits".</summary>
    public string Logits { get; init; } = "Logits";

    /// <summary>What makes probabilities of the logits. Default: softmax, for one class an image.</summary>
    public OutputActivation Activation { get; init; } = OutputActivation.Softmax;

    /// <summary>Output n×Classes, float32: softmax or sigmoids of the logits. Default "Probabilities".</summary>
    public string Probabilities { get; init; } = "Probabilities";

    /// <summary>
    /// Output of Classes values, float32: the probabilities of one image as a plain vector, which is what ML.NET makes a
    /// <c>Vector&lt;Single, Classes&gt;</c> with slot names of. Only for n = 1. Default "Score".
    /// </summary>
    public string Score { get; init; } = "Score";

    /// <summary>With softmax: output n, int64: the index of the likeliest class, from 0. Default "ClassIndex".</summary>
    public string ClassIndex { get; init; } = "ClassIndex";

    /// <summary>
    /// Output of Features values, float32: the embedding of one image, what the classifier sees, as a plain vector. With
    /// <see cref="OnnxFeatureExport.BatchSuffix"/>: those of n images, n×Features. null (default): the file gives none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Embedding { get; init; }

    /// <summary>The output of n images' embeddings; null where there is none.</summary>
    internal string? EmbeddingBatch => Embedding is { } name ? name + OnnxFeatureExport.BatchSuffix : null;

    /// <summary>
    /// With sigmoids: output of Classes values, bool: whether the image has each class, its probability being at least its threshold. Only for
    /// n = 1. Default "PredictedLabel".
    /// </summary>
    public string PredictedLabel { get; init; } = "PredictedLabel";

    /// <summary>With sigmoids: output 1×k, string: the names of the k classes that the image has. Only for n = 1. Default "PredictedLabels".</summary>
    public string PredictedLabels { get; init; } = "PredictedLabels";

    /// <summary>The outputs with a value for each class of one image.</summary>
    internal IEnumerable<string> Slotted => Activation == OutputActivation.Softmax ? [Score] : [Score, PredictedLabel];

    /// <summary>This record as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The record that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">The text is not such JSON, or a name or size is missing.</exception>
    public static OnnxSignature FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var signature = JsonSerializer.Deserialize<OnnxSignature>(json, Json)
                ?? throw new ArgumentException("The text is no ONNX signature: it is null.", nameof(json));
            return signature.Validate();
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The text is no ONNX signature: {error.Message}", nameof(json), error);
        }
    }

    private (string Property, string Name)[] Names =>
    [
        (nameof(Input), Input), (nameof(Logits), Logits), (nameof(Probabilities), Probabilities), (nameof(Score), Score),
        .. Activation == OutputActivation.Softmax
            ? new[] { (nameof(ClassIndex), ClassIndex) }
            : [(nameof(PredictedLabel), PredictedLabel), (nameof(PredictedLabels), PredictedLabels)],
        .. Embedding is null ? Array.Empty<(string, string)>() : [(nameof(Embedding), Embedding), (nameof(Embedding), Embedding.Length > 0 ? EmbeddingBatch! : "")],
    ];

    /// <summary>Keeps the names from being given to other values.</summary>
    internal void Reserve(OnnxGraph graph)
    {
        foreach (var (_, name) in Names)
        {
            graph.Reserve(name);
        }
    }

    internal OnnxSignature Validate()
    {
        foreach (var (property, name) in Names)
        {
            if (string.IsNullOrEmpty(name))
            {
                throw new ArgumentException($"{property} is empty; it must be a name.", property);
            }
        }

        return Height is <= 0 || Width is <= 0
            ? throw new ArgumentException($"Height and Width are {Height} and {Width}; they must be at least 1, or null.", nameof(Height))
            : this;
    }
}
