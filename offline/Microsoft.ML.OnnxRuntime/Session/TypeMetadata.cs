using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public class TensorTypeAndShape
{
    internal TensorTypeAndShape(OrtTensorTypeAndShapeInfo info)
    {
        ElementTypeInfo = TensorBase.GetElementTypeInfo(info.ElementDataType)
            ?? throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "Unregistered TensorElementType value of: " + info.ElementDataType);
        (ElementDataType, SymbolicDimensions) = (info.ElementDataType, info.SymbolicDimensions);
        Dimensions = Array.ConvertAll(info.Shape, d => (int)d);
    }

    public TensorElementType ElementDataType { get; }

    public int[] Dimensions { get; }

    public string[] SymbolicDimensions { get; }

    public TensorElementTypeInfo ElementTypeInfo { get; }
}

public class SequenceMetadata
{
    internal SequenceMetadata(NodeMetadata element) => ElementMeta = element;

    public NodeMetadata ElementMeta { get; }
}

public class OptionalMetadata
{
    internal OptionalMetadata(NodeMetadata element) => ElementMeta = element;

    public NodeMetadata ElementMeta { get; }
}

public class MapMetadata
{
    internal MapMetadata(TensorElementType key, NodeMetadata value) => (KeyDataType, ValueMetadata) = (key, value);

    public TensorElementType KeyDataType { get; }

    public NodeMetadata ValueMetadata { get; }
}
