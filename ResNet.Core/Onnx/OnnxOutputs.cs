using ResNet.Core.Onnx;

namespace ResNet.Core;

/// <summary>What a classifier's graph makes of its probabilities, as its signature says.</summary>
internal static class OnnxOutputs
{
    /// <summary>The threshold where none is given.</summary>
    public const float Threshold = 0.5f;

    /// <summary>Adds the outputs behind the probabilities.</summary>
    /// <param name="proto">The graph.</param>
    /// <param name="graph">The same.</param>
    /// <param name="signature">Names, and how probabilities were made.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">The classes' names; null: none.</param>
    /// <param name="thresholds">From which probability on an image has a class, one for each; null: 0.5.</param>
    public static void Add(
        GraphProto proto, OnnxGraph graph, OnnxSignature signature, int classes, IReadOnlyList<string>? labels, IReadOnlyList<float>? thresholds)
    {
        var flat = graph.Constant(-1L);
        if (signature.Activation == OutputActivation.Softmax)
        {
            graph.Output(signature.ClassIndex, "ArgMax", [signature.Probabilities], ("axis", 1), ("keepdims", 0));
        }
        else
        {
            var limits = graph.Constant([.. thresholds ?? Enumerable.Repeat(Threshold, classes)], classes);
            graph.Output(signature.PredictedLabel, "Reshape", [graph.Node("GreaterOrEqual", [signature.Probabilities, limits]), flat]);
            SlotNames.Encode(proto, graph.Node("NonZero", [signature.PredictedLabel]), signature.PredictedLabels, labels ?? Numbers(classes));
        }

        graph.Output(signature.Score, "Reshape", [signature.Probabilities, flat]);
        foreach (var column in labels is null ? [] : signature.Slotted)
        {
            SlotNames.Add(proto, column, labels!);
        }
    }

    private static string[] Numbers(int classes) => [.. Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"{i}"))];
}
