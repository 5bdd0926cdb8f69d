namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>The element types that tensors may have.</summary>
public class TensorBase
{
    private static readonly Dictionary<Type, TensorTypeInfo> Known = new()
    {
        [typeof(float)] = new(TensorElementType.Float, sizeof(float)),
        [typeof(byte)] = new(TensorElementType.UInt8, sizeof(byte)),
        [typeof(sbyte)] = new(TensorElementType.Int8, sizeof(sbyte)),
        [typeof(ushort)] = new(TensorElementType.UInt16, sizeof(ushort)),
        [typeof(short)] = new(TensorElementType.Int16, sizeof(short)),
        [typeof(int)] = new(TensorElementType.Int32, sizeof(int)),
        [typeof(long)] = new(TensorElementType.Int64, sizeof(long)),
        [typeof(string)] = new(TensorElementType.String, -1),
        [typeof(bool)] = new(TensorElementType.Bool, sizeof(bool)),
        [typeof(Float16)] = new(TensorElementType.Float16, sizeof(ushort)),
        [typeof(double)] = new(TensorElementType.Double, sizeof(double)),
        [typeof(uint)] = new(TensorElementType.UInt32, sizeof(uint)),
        [typeof(ulong)] = new(TensorElementType.UInt64, sizeof(ulong)),
        [typeof(BFloat16)] = new(TensorElementType.BFloat16, sizeof(ushort)),
    };

    private static readonly Dictionary<TensorElementType, TensorElementTypeInfo> KnownElements =
        Known.ToDictionary(t => t.Value.ElementType, t => new TensorElementTypeInfo(t.Key, t.Value.TypeSize));

    private readonly Type _type;

    protected TensorBase(Type primitiveType) => _type = primitiveType;

    /// <summary>Null where tensors cannot hold the type.</summary>
    public static TensorTypeInfo GetTypeInfo(Type type) => Known.GetValueOrDefault(type);

    /// <summary>Null where .NET has no such type.</summary>
    public static TensorElementTypeInfo GetElementTypeInfo(TensorElementType elementType) => KnownElements.GetValueOrDefault(elementType);

    public TensorTypeInfo GetTypeInfo() => GetTypeInfo(_type);
}
