using System.Text.Json;

namespace ResNet.Core;

/// <summary>What an exported ONNX file says of itself in its metadata_props.</summary>
/// <param name="Specification">The network.</param>
/// <param name="Signature">The names and types of the graph's input and outputs.</param>
/// <param name="Labels">The classes' names in order; null where the file has none.</param>
/// <param name="Preprocessing">How a photo becomes the network's input; null where the file does not say.</param>
/// <param name="TestTimeAugmentation">The views of each image that the graph averages over.</param>
/// <param name="Thresholds">From which probability on an image has a class, where it may have several; null where the file does not say.</param>
/// <param name="Metadata">All entries, those of others too.</param>
public sealed record OnnxHeader(
    NetworkSpecification Specification, OnnxSignature Signature, IReadOnlyList<string>? Labels, Preprocessing? Preprocessing,
    TestTimeAugmentation TestTimeAugmentation, IReadOnlyList<float>? Thresholds, IReadOnlyDictionary<string, string> Metadata)
{
    internal static OnnxHeader Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(OnnxMetadata.Specification, out var specification) || !metadata.TryGetValue(OnnxMetadata.Signature, out var signature))
        {
            throw new InvalidDataException(
                $"this ONNX file was not written by ResNet.MLNet: its metadata has no {OnnxMetadata.Specification}. " +
                "Only networks that it exported can be read back; others can be scored with ml.Transforms.ApplyOnnxModel.");
        }

        var format = metadata.GetValueOrDefault(OnnxMetadata.Format);
        if (format != OnnxMetadata.CurrentFormat)
        {
            throw new InvalidDataException(
                $"the file is of format {format ?? "none"}, but this version reads format {OnnxMetadata.CurrentFormat}. Use the version of ResNet.MLNet that wrote it, or a newer one.");
        }

        var header = new OnnxHeader(
            NetworkSpecification.FromJson(specification), OnnxSignature.FromJson(signature),
            metadata.TryGetValue(OnnxMetadata.Labels, out var labels) ? OnnxMetadata.LabelsFrom(labels) : null,
            metadata.TryGetValue(OnnxMetadata.Preprocessing, out var preprocessing) ? Preprocessing.FromJson(preprocessing) : null,
            TestTime(metadata),
            metadata.TryGetValue(OnnxMetadata.Thresholds, out var thresholds) ? JsonSerializer.Deserialize<float[]>(thresholds) : null, metadata);
        if (header.Thresholds is { } limits && limits.Count != header.Specification.Classes)
        {
            throw new InvalidDataException($"the file has {limits.Count} thresholds, but its network has {header.Specification.Classes} classes.");
        }

        return header.Labels is { } names && names.Count != header.Specification.Classes
            ? throw new InvalidDataException($"the file has {names.Count} labels, but its network has {header.Specification.Classes} classes.")
            : header;
    }

    private static TestTimeAugmentation TestTime(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault(OnnxMetadata.TestTimeAugmentation) switch
    {
        null => TestTimeAugmentation.None,
        nameof(TestTimeAugmentation.Flip) => TestTimeAugmentation.Flip,
        nameof(TestTimeAugmentation.TenCrop) => TestTimeAugmentation.TenCrop,
        var other => throw new InvalidDataException($"the file's {OnnxMetadata.TestTimeAugmentation} is '{other}'; this version knows Flip and TenCrop."),
    };
}
