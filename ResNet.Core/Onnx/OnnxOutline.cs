using Google.Protobuf;
using ResNet.Core.Onnx;

namespace ResNet.Core;

/// <summary>
/// A file with the input and outputs of an exported one, but without its network: what is asked for types and names alone opens it in
/// no time. Its values mean nothing.
/// </summary>
public static class OnnxOutline
{
    /// <summary>The outline of a file.</summary>
    /// <param name="header">What the file says of itself.</param>
    /// <returns>An ONNX file of a few hundred bytes.</returns>
    public static byte[] Of(OnnxHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var (specification, signature) = (header.Specification, header.Signature);
        var model = OnnxExport.NewModel();
        model.OpsetImport.Add(SlotNames.Import());
        model.Graph = new GraphProto { Name = specification.Name };
        var graph = new OnnxGraph(model.Graph);
        signature.Reserve(graph);
        var pixels = graph.Flatten(OnnxExport.PlanarFloats(graph, signature));
        var mean = graph.Node("ReduceMean", [pixels], ("axes", new long[] { 1 }));
        graph.Output(signature.Logits, "Expand", [mean, graph.Constant(1L, specification.Classes)]);
        graph.Output(signature.Probabilities, "Identity", [signature.Logits]);
        OnnxOutputs.Add(model.Graph, graph, signature, specification.Classes, header.Labels, header.Thresholds);
        if (signature.Embedding is { } embedding)
        {
            graph.Output(signature.EmbeddingBatch!, "Expand", [mean, graph.Constant(1L, specification.Features)]);
            graph.Output(embedding, "Reshape", [signature.EmbeddingBatch!, graph.Constant(-1L)]);
        }

        model.Graph.Input.Add(OnnxValue.Input(specification, signature));
        model.Graph.Output.AddRange(OnnxValue.Outputs(specification, signature));
        return model.ToByteArray();
    }
}
