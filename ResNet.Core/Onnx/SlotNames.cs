using ResNet.Core.Onnx;

namespace ResNet.Core;

/// <summary>
/// ML.NET's ApplyOnnxModel takes a column's slot names from the attribute keys_strings of a node that is named after the
/// column. A LabelEncoder that nothing depends on carries them; runtimes drop it.
/// </summary>
internal static class SlotNames
{
    public const string Domain = "ai.onnx.ml";

    public const int Opset = 2;

    /// <summary>Adds an output of the names of classes by their indices, as many as there are.</summary>
    public static void Encode(GraphProto graph, string indices, string output, IReadOnlyList<string> labels)
    {
        var encoder = new NodeProto { Name = output, OpType = "LabelEncoder", Domain = Domain, Input = { indices }, Output = { output } };
        encoder.Attribute.Add(OnnxAttribute.Of("keys_int64s", Indices(labels)));
        encoder.Attribute.Add(OnnxAttribute.Of("values_strings", labels.ToArray()));
        graph.Node.Add(encoder);
    }

    public static OperatorSetIdProto Import() => new() { Domain = Domain, Version = Opset };

    public static void Add(GraphProto graph, string column, IReadOnlyList<string> labels)
    {
        var (name, any) = ($"mlnet.{column}.SlotNames", $"mlnet.{column}.any");
        var constant = new NodeProto { Name = any, OpType = "Constant", Output = { any } };
        constant.Attribute.Add(OnnxAttribute.Of("value_strings", new[] { "" }));
        graph.Node.Add(constant);
        var encoder = new NodeProto { Name = name, OpType = "LabelEncoder", Domain = Domain, Input = { any }, Output = { name } };
        encoder.Attribute.Add(OnnxAttribute.Of("keys_strings", labels.ToArray()));
        encoder.Attribute.Add(OnnxAttribute.Of("values_int64s", Indices(labels)));
        graph.Node.Add(encoder);
    }

    private static long[] Indices(IReadOnlyList<string> labels) => [.. Enumerable.Range(0, labels.Count).Select(i => (long)i)];
}
