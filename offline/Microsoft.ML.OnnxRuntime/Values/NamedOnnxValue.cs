using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A name and a managed value: a <see cref="Tensor{T}"/>, a sequence of <see cref="NamedOnnxValue"/>, or a dictionary of
/// primitive keys and values. Tensors are read where they lie, without a copy.
/// </summary>
public class NamedOnnxValue
{
    private readonly TensorBase _keys, _values;

    private protected NamedOnnxValue(string name, object value, OnnxValueType valueType) => (Name, Value, ValueType) = (name, value, valueType);

    private NamedOnnxValue(string name, object map, TensorBase keys, TensorBase values) : this(name, map, OnnxValueType.ONNX_TYPE_MAP) => (_keys, _values) = (keys, values);

    public OnnxValueType ValueType { get; }

    public string Name { get; set; }

    public object Value { get; set; }

    public static NamedOnnxValue CreateFromTensor<T>(string name, Tensor<T> value) => new(name, value, OnnxValueType.ONNX_TYPE_TENSOR);

    public static NamedOnnxValue CreateFromSequence<T>(string name, IEnumerable<T> value) => new(name, value, OnnxValueType.ONNX_TYPE_SEQUENCE);

    public static NamedOnnxValue CreateFromMap<K, V>(string name, IDictionary<K, V> value) => new(name, value,
        new DenseTensor<K>(value.Keys.ToArray(), [value.Count]), new DenseTensor<V>(value.Values.ToArray(), [value.Count]));

    public Tensor<T> AsTensor<T>() => Value as Tensor<T>;

    public IEnumerable<T> AsEnumerable<T>() => Value as IEnumerable<T>;

    public IDictionary<K, V> AsDictionary<K, V>() => Value as IDictionary<K, V>;

    /// <summary>The native value for one run; <paramref name="owned"/> says whether the caller frees it.</summary>
    internal virtual OrtValue ToOrtValue(NodeMetadata metadata, out bool owned)
    {
        owned = true;
        return Project(metadata);
    }

    private OrtValue Project(NodeMetadata metadata)
    {
        if (metadata.OnnxValueType == OnnxValueType.ONNX_TYPE_OPTIONAL) metadata = metadata.AsOptionalMetadata().ElementMeta;
        if (ValueType != metadata.OnnxValueType)
            throw new OnnxRuntimeException(ErrorCode.RuntimeException,
                $"NamedOnnxValue: {Name} has value type: {ValueType} expected: {metadata.OnnxValueType} after optional type adjustment");
        return ValueType switch
        {
            OnnxValueType.ONNX_TYPE_TENSOR => TensorProjection.Create(Value, metadata.ElementDataType, "Tensor element data type discovered"),
            OnnxValueType.ONNX_TYPE_SEQUENCE => ProjectSequence(metadata.AsSequenceMetadata().ElementMeta),
            OnnxValueType.ONNX_TYPE_MAP => ProjectMap(metadata.AsMapMetadata()),
            _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "ManagedTypeProjection can only project tensors, sequences, maps and optional types"),
        };
    }

    private OrtValue ProjectSequence(NodeMetadata element)
    {
        var items = AsEnumerable<NamedOnnxValue>()
            ?? throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"NamedOnnxValue: {Name} sequence does not contain NamedOnnxValue elements");
        var values = new DisposableList<OrtValue>();
        try
        {
            foreach (var item in items) values.Add(item.Project(element));
            return OrtValue.CreateSequence(values);
        }
        finally
        {
            values.Dispose();
        }
    }

    private OrtValue ProjectMap(MapMetadata map)
    {
        OrtValue keys = null, values = null;
        try
        {
            keys = TensorProjection.Create(_keys, map.KeyDataType, "Map key data type supplied");
            values = TensorProjection.Create(_values, map.ValueMetadata.ElementDataType, "Map value data type supplied");
            return OrtValue.CreateMap(ref keys, ref values);
        }
        finally
        {
            keys?.Dispose();
            values?.Dispose();
        }
    }
}
