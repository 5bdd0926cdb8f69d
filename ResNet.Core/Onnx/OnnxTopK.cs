using Google.Protobuf;
using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>Writes "the k best scores and what they are for" as ONNX: ML.NET has no transform for it.</summary>
public static class OnnxTopK
{
    /// <summary>Writes the file. Best first; of equal scores the one with the lower index first. Where scores are not numbers, labels are empty.</summary>
    /// <param name="path">The file; replaced if it exists. It has a few hundred bytes and the labels.</param>
    /// <param name="input">Name of the input, float32, 1×classes: the scores.</param>
    /// <param name="labels">What each score is for, as many as there are classes.</param>
    /// <param name="k">How many, 1 to the number of classes.</param>
    /// <param name="labelsOutput">Name of the output of k labels, text.</param>
    /// <param name="scoresOutput">Name of the output of k scores, float32.</param>
    public static void Save(string path, string input, IReadOnlyList<string> labels, int k, string labelsOutput, string scoresOutput)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, labels.Count);
        var model = OnnxExport.NewModel();
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = SlotNames.Domain, Version = SlotNames.Opset });
        var proto = model.Graph = new GraphProto { Name = "top_k" };
        var graph = new OnnxGraph(proto);
        foreach (var name in new[] { input, labelsOutput, scoresOutput })
        {
            graph.Reserve(name);
        }

        var (scores, classes, names) = ("top.scores", "top.classes", "top.labels");
        var top = new NodeProto { Name = "TopK", OpType = "TopK", Input = { input, graph.Constant((long)k) }, Output = { scores, classes } };
        top.Attribute.Add(OnnxAttribute.Of("axis", 1));
        proto.Node.Add(top);
        // A score that is not a number is nobody's: its label is empty.
        var known = graph.Node("Where", [graph.Node("IsNaN", [scores]), graph.Constant(-1L), classes]);
        var encoder = new NodeProto { Name = "LabelEncoder", OpType = "LabelEncoder", Domain = SlotNames.Domain, Input = { known }, Output = { names } };
        encoder.Attribute.Add(OnnxAttribute.Of("keys_int64s", Enumerable.Range(0, labels.Count).Select(i => (long)i).ToArray()));
        encoder.Attribute.Add(OnnxAttribute.Of("values_strings", labels.ToArray()));
        encoder.Attribute.Add(OnnxAttribute.Of("default_string", ""));
        proto.Node.Add(encoder);
        // One row as a plain vector, which is what ML.NET makes a column of.
        graph.Output(labelsOutput, "Reshape", [names, graph.Constant(-1L)]);
        graph.Output(scoresOutput, "Reshape", [scores, graph.Constant(-1L)]);
        proto.Input.Add(OnnxValue.Value(input, DataType.Float, OnnxValue.Dimension(1), OnnxValue.Dimension(labels.Count)));
        proto.Output.Add(OnnxValue.Value(labelsOutput, DataType.String, OnnxValue.Dimension(k)));
        proto.Output.Add(OnnxValue.Value(scoresOutput, DataType.Float, OnnxValue.Dimension(k)));
        File.WriteAllBytes(path, model.ToByteArray());
    }
}
