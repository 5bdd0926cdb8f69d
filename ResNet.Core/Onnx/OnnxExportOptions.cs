namespace ResNet.Core;

/// <summary>What goes into an ONNX file beside the network.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>Names and types of input and outputs. Default: one float32 input "input", n×C×H×W.</summary>
    public OnnxSignature Signature { get; init; } = new();

    /// <summary>
    /// The classes' names in order, as many as the network has. They also become the slot names that ML.NET's ApplyOnnxModel
    /// gives the <see cref="OnnxSignature.Score"/> column. null (default): none.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>
    /// Views of each image that the graph itself makes and averages over, so that the file gives the same wherever it runs. Logits and the
    /// embedding are means over the views, too. Default: the image alone.
    /// </summary>
    public TestTimeAugmentation TestTimeAugmentation { get; init; }

    /// <summary>
    /// With <see cref="OutputActivation.Sigmoid"/>: from which probability on an image has a class, one for each, 0 to 1. null (default): 0.5.
    /// </summary>
    public IReadOnlyList<float>? Thresholds { get; init; }

    /// <summary>How a photo becomes the input; kept in the metadata, not done by the graph. null (default): not known.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>More entries for the file's metadata_props; not the keys that this library writes. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
