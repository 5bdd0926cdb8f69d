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
        return
        [
            Value(signature.Logits, DataType.Float, batch, classes),
            Value(signature.Probabilities, DataType.Float, batch, classes),
            Value(signature.Score, DataType.Float, classes),
            Value(signature.ClassIndex, DataType.Int64, batch),
        ];
    }

    public static ValueInfoProto Value(string name, DataType type, params TensorShapeProto.Types.Dimension[] shape) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = (int)type, Shape = new() { Dim = { shape } } } },
    };

    public static TensorShapeProto.Types.Dimension Dimension(long size) => new() { DimValue = size };

    private static TensorShapeProto.Types.Dimension Dimension(string symbol) => new() { DimParam = symbol };
}
