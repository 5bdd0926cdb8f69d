using Google.Protobuf;
using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>Writes what makes features of images as ONNX (opset 17): a network up to one of its layers, normalisation inside.</summary>
public static class OnnxFeatureExport
{
    /// <summary>Added to the name of the output for one image: the output for a batch.</summary>
    public const string BatchSuffix = ".Batch";

    /// <summary>Writes to a stream. Files of this kind are not read back: they have no classifier.</summary>
    /// <param name="network">The network; it is written as it is in eval mode, from whatever device.</param>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="layer">Which values; null (default): the embedding.</param>
    /// <param name="signature">The input's name, type, layout and size; its outputs' names have no part. null (default): <see cref="OnnxSignature"/>'s.</param>
    /// <param name="output">
    /// The features of one image as a plain vector (or channels×height×width), which is what ML.NET makes a column of. With
    /// <see cref="BatchSuffix"/>: those of n images, n×length. Default "Features".
    /// </param>
    /// <exception cref="ArgumentException">An argument does not suit the network.</exception>
    /// <exception cref="NotSupportedException">The network is not of float32, or has a module that cannot be exported.</exception>
    public static void SaveFeaturesOnnx(
        this ClassificationNetwork network, Stream stream, FeatureLayer? layer = null, OnnxSignature? signature = null, string output = "Features")
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(output);
        layer ??= FeatureLayer.Embedding;
        signature = (signature ?? new()).Validate();
        var specification = network.Specification;
        var shape = FeatureExtractor.ShapeOf(network, layer, signature.Height ?? specification.InputSize, signature.Width ?? specification.InputSize)
            .Select(side => (long)side).ToArray();

        var model = OnnxExport.NewModel();
        model.Graph = new GraphProto { Name = specification.Name };
        var graph = new OnnxGraph(model.Graph);
        graph.Reserve(signature.Input);
        graph.Reserve(output);
        graph.Reserve(output + BatchSuffix);
        var features = network.ExportFeatures(graph, OnnxExport.PlanarFloats(graph, signature), layer);
        graph.Output(output + BatchSuffix, "Flatten", [features], ("axis", 1));
        // The runtime makes every output, also the one for a single image out of several.
        graph.Output(output, "Reshape", [features, graph.Constant([-1, .. shape[1..]])]);

        model.Graph.Input.Add(OnnxValue.Input(specification, signature));
        model.Graph.Output.Add(OnnxValue.Value(
            output + BatchSuffix, DataType.Float, OnnxValue.Dimension("n"), OnnxValue.Dimension(shape.Aggregate((product, side) => product * side))));
        model.Graph.Output.Add(OnnxValue.Value(output, DataType.Float, [.. shape.Select(side => OnnxValue.Dimension(side))]));
        model.WriteTo(stream);
    }
}
