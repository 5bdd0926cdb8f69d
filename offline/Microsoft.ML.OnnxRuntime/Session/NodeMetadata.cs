using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The type of an input or an output; what belongs to tensors alone throws for other types.</summary>
public class NodeMetadata
{
    private readonly object _metadata;

    internal NodeMetadata(OnnxValueType type, object metadata) => (OnnxValueType, _metadata) = (type, metadata);

    public OnnxValueType OnnxValueType { get; }

    public bool IsTensor => OnnxValueType is OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR;

    /// <summary>An unknown dimension is -1.</summary>
    public int[] Dimensions => Tensor.Dimensions;

    /// <summary>The names of unknown dimensions, "" for the others.</summary>
    public string[] SymbolicDimensions => Tensor.SymbolicDimensions;

    public Type ElementType => Tensor.ElementTypeInfo.TensorType;

    public TensorElementType ElementDataType => Tensor.ElementDataType;

    public bool IsString => Tensor.ElementTypeInfo.IsString;

    // The name as the native side takes it; the session's own memory.
    internal nint NativeName { get; init; }

    private TensorTypeAndShape Tensor => IsTensor
        ? (TensorTypeAndShape)_metadata
        : throw new OnnxRuntimeException(ErrorCode.Fail, "OnnxValueType must either be a tensor or sparse tensor");

    public MapMetadata AsMapMetadata() => _metadata as MapMetadata ?? throw Wrong("Map");

    public SequenceMetadata AsSequenceMetadata() => _metadata as SequenceMetadata ?? throw Wrong("Sequence");

    public OptionalMetadata AsOptionalMetadata() => _metadata as OptionalMetadata ?? throw Wrong("Optional");

    private static OnnxRuntimeException Wrong(string kind) => new(ErrorCode.Fail, $"Instance does not contain {kind} metadata");

    /// <summary>Reads a native description, without taking it over.</summary>
    internal static NodeMetadata Of(nint typeInfo, nint name = 0)
    {
        var type = (OnnxValueType)(int)Native.Get(Function.GetOnnxTypeFromTypeInfo, typeInfo);
        object metadata = type switch
        {
            OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR =>
                new TensorTypeAndShape(new OrtTensorTypeAndShapeInfo(Native.Get(Function.CastTypeInfoToTensorInfo, typeInfo))),
            OnnxValueType.ONNX_TYPE_SEQUENCE => new SequenceMetadata(Part(Function.GetSequenceElementType, Native.Get(Function.CastTypeInfoToSequenceTypeInfo, typeInfo))),
            OnnxValueType.ONNX_TYPE_OPTIONAL => new OptionalMetadata(Part(Function.GetOptionalContainedTypeInfo, Native.Get(Function.CastTypeInfoToOptionalTypeInfo, typeInfo))),
            OnnxValueType.ONNX_TYPE_MAP => Map(Native.Get(Function.CastTypeInfoToMapTypeInfo, typeInfo)),
            _ => throw new OnnxRuntimeException(ErrorCode.NotImplemented, $"Value type: '{type}' not supported in this code"),
        };
        return new(type, metadata) { NativeName = name };
    }

    private static MapMetadata Map(nint map) => new((TensorElementType)(int)Native.Get(Function.GetMapKeyType, map), Part(Function.GetMapValueType, map));

    private static NodeMetadata Part(Function get, nint whole)
    {
        nint part = Native.Get(get, whole);
        try
        {
            return Of(part);
        }
        finally
        {
            Native.Release(Function.ReleaseTypeInfo, part);
        }
    }
}
