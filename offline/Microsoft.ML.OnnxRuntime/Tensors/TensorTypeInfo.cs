namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>What a .NET type is among the element types.</summary>
public class TensorTypeInfo(TensorElementType elementType, int typeSize)
{
    public TensorElementType ElementType { get; } = elementType;

    public int TypeSize { get; } = typeSize;

    public bool IsString => ElementType == TensorElementType.String;
}

/// <summary>What an element type is among the .NET types.</summary>
public class TensorElementTypeInfo(Type type, int typeSize)
{
    public Type TensorType { get; } = type;

    public int TypeSize { get; } = typeSize;

    public bool IsString { get; } = type == typeof(string);
}
