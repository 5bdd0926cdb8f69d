using Google.Protobuf;
using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>The declared types of a graph's input and outputs; the batch is the symbol n.</summary>
internal static class OnnxValue
{
    public static ValueInfoProto Input(NetworkSpecification specification, OnnxSignature signature)
    {
        var (batch, channels) = (Dimension("n"), Dimension(specification.InputChannels));
        var height = signature.AnySize ? Dimension("h") : Dimension(signature.Height ?? specification.InputSize);
        var width = signature.AnySize ? Dimension("w") : Dimension(signature.Width ?? specification.InputSize);
        return Value(signature.Input, signature.Bytes ? DataType.Uint8 : DataType.Float,
            signature.Layout == PixelLayout.Planar ? [batch, channels, height, width] : [batch, height, width, channels]);
    }

    public static IEnumerable<ValueInfoProto> Outputs(NetworkSpecification specification, OnnxSignature signature)
    {
        var (batch, classes) = (Dimension("n"), Dimension(specification.Classes));
        yield return Value(signature.Logits, DataType.Float, batch, classes);
        yield return Value(signature.Probabilities, DataType.Float, batch, classes);
        yield return Value(signature.Score, DataType.Float, classes);
        if (signature.Activation == OutputActivation.Softmax)
        {
            yield return Value(signature.ClassIndex, DataType.Int64, batch);
        }
        else
        {
            yield return Value(signature.PredictedLabel, DataType.Bool, classes);
            yield return Value(signature.PredictedLabels, DataType.String, Dimension(1), Dimension("k"));
        }

        if (signature.Embedding is { } embedding)
        {
            var features = Dimension(specification.Features);
            yield return Value(signature.EmbeddingBatch!, DataType.Float, batch, features);
            yield return Value(embedding, DataType.Float, features);
        }
    }

    /// <summary>Declares the input as planar floats; the Cast and the Transpose behind it then do nothing.</summary>
    public static byte[] WithPlanarInput(byte[] bytes)
    {
        var model = ModelProto.Parser.ParseFrom(bytes);
        if (model.Graph is not { Input: [var input] } graph || input.Type?.TensorType is not { Shape.Dim: { Count: 4 } dimensions } type)
        {
            throw new InvalidDataException("the graph has not one image input; it was not written by ResNet.MLNet, or is damaged.");
        }

        type.ElemType = (int)DataType.Float;
        foreach (var order in graph.Node.Take(2).Where(node => node.OpType == "Transpose").SelectMany(node => node.Attribute))
        {
            order.Ints.Clear();
            order.Ints.AddRange([0, 1, 2, 3]);
            var channels = dimensions[3];
            dimensions.RemoveAt(3);
            dimensions.Insert(1, channels);
        }

        return model.ToByteArray();
    }

    public static ValueInfoProto Value(string name, DataType type, params TensorShapeProto.Types.Dimension[] shape) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = (int)type, Shape = new() { Dim = { shape } } } },
    };

    /// <summary>A value of a graph within the graph, whose shape follows from the outer one.</summary>
    public static ValueInfoProto Of(string name, DataType type) => new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type } } };

    public static TensorShapeProto.Types.Dimension Dimension(long size) => new() { DimValue = size };

    public static TensorShapeProto.Types.Dimension Dimension(string symbol) => new() { DimParam = symbol };
}
