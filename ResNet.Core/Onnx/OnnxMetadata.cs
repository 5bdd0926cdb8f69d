using System.Text.Json;

namespace ResNet.Core;

/// <summary>The keys under which a file's metadata_props hold what ONNX itself has no place for.</summary>
internal static class OnnxMetadata
{
    public const string Prefix = "resnet.mlnet.";

    /// <summary>Version of these entries; this code writes and reads "1".</summary>
    public const string Format = Prefix + "format";

    /// <summary>The network: <see cref="NetworkSpecification.ToJson"/>.</summary>
    public const string Specification = Prefix + "spec";

    /// <summary>The classes' names in order: a JSON array of strings.</summary>
    public const string Labels = Prefix + "labels";

    /// <summary>From which probability on an image has a class: a JSON array of numbers.</summary>
    public const string Thresholds = Prefix + "thresholds";

    /// <summary><see cref="Core.Preprocessing.ToJson"/>.</summary>
    public const string Preprocessing = Prefix + "preprocessing";

    /// <summary><see cref="OnnxSignature.ToJson"/>.</summary>
    public const string Signature = Prefix + "signature";

    /// <summary>The <see cref="Core.TestTimeAugmentation"/> that the graph does; not there where it does none.</summary>
    public const string TestTimeAugmentation = Prefix + "tta";

    public const string CurrentFormat = "1";

    public static string ToJson(IReadOnlyList<string> labels) => JsonSerializer.Serialize(labels);

    /// <exception cref="JsonException">The text is no JSON array of strings.</exception>
    public static IReadOnlyList<string> LabelsFrom(string json) =>
        JsonSerializer.Deserialize<string[]>(json) is { } labels && !labels.Contains(null!) ? labels : throw new JsonException("a label is null");
}
