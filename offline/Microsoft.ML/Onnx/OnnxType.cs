using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The declared type of a model's input or output (TypeProto), and the column type that stands for it.</summary>
internal sealed class OnnxType
{
    private static readonly string[] Names =
    [
        "Undefined", "Float", "Uint8", "Int8", "Uint16", "Int16", "Int32", "Int64", "String", "Bool",
        "Float16", "Double", "Uint32", "Uint64", "Complex64", "Complex128", "Bfloat16",
    ];

    private enum Kind { Unknown, Tensor = 1, Sequence = 4, Map = 5 }

    private Kind _kind;
    private int _element;
    private List<int> _dimensions;
    private OnnxType _inner;

    public static OnnxType Read(ProtobufReader reader)
    {
        var type = new OnnxType();
        reader.Each(field =>
        {
            if (field is not ((int)Kind.Tensor or (int)Kind.Sequence or (int)Kind.Map)) return false;
            type._kind = (Kind)field;
            type.ReadParts(reader.Message());
            return true;
        });
        return type;
    }

    /// <summary>A tensor's type as a vector: an unknown first dimension is one row, another unknown one makes the length vary.</summary>
    public DataViewType ToDataViewType()
    {
        switch (_kind)
        {
            case Kind.Sequence: return new OnnxSequenceType(_inner.ToNative());
            case Kind.Map: return new OnnxMapType(Native(_element), _inner.ToNative());
            case Kind.Tensor: break;
            default: throw new ArgumentOutOfRangeException("typeProto", "Unsupported ONNX variable type");
        }
        var item = Scalar(_element);
        if (_dimensions.Count == 0) return item;
        int[] shape = [.. _dimensions];
        if (shape[0] <= 0) shape[0] = 1;
        return shape.All(d => d > 0) ? new VectorDataViewType(item, shape) : new VectorDataViewType(item, 0);
    }

    /// <summary>The column type of a tensor's elements.</summary>
    public static PrimitiveDataViewType Scalar(int element) => element switch
    {
        1 => NumberDataViewType.Single,
        2 => NumberDataViewType.Byte,
        3 => NumberDataViewType.SByte,
        4 => NumberDataViewType.UInt16,
        5 => NumberDataViewType.Int16,
        6 => NumberDataViewType.Int32,
        7 => NumberDataViewType.Int64,
        8 => TextDataViewType.Instance,
        9 => BooleanDataViewType.Instance,
        11 => NumberDataViewType.Double,
        12 => NumberDataViewType.UInt32,
        13 => NumberDataViewType.UInt64,
        _ => throw new InvalidOperationException("Unsupported ONNX scalar type: " + (element < Names.Length ? Names[element] : element)),
    };

    // The runtime's own type of an element.
    private static Type Native(int element) => element == 8 ? typeof(string) : Scalar(element).RawType;

    private Type ToNative() => _kind switch
    {
        Kind.Tensor when _dimensions is null or { Count: 0 } => Native(_element),
        Kind.Tensor => typeof(VBuffer<>).MakeGenericType(Native(_element)),
        Kind.Sequence => typeof(IEnumerable<>).MakeGenericType(_inner.ToNative()),
        Kind.Map => typeof(IDictionary<,>).MakeGenericType(Native(_element), _inner.ToNative()),
        _ => null,
    };

    private void ReadParts(ProtobufReader parts) => parts.Each(field =>
    {
        switch (_kind, field)
        {
            case (Kind.Tensor or Kind.Map, 1): _element = (int)parts.ReadVarint(); return true;
            case (Kind.Tensor, 2): ReadShape(parts.Message()); return true;
            case (Kind.Sequence, 1) or (Kind.Map, 2): _inner = Read(parts.Message()); return true;
            default: return false;
        }
    });

    private void ReadShape(ProtobufReader shape)
    {
        _dimensions = [];
        shape.Each(field =>
        {
            if (field != 1) return false;
            long size = 0;
            var dimension = shape.Message();
            dimension.Each(part =>
            {
                if (part != 1) return false;
                size = (long)dimension.ReadVarint();
                return true;
            });
            if (size > int.MaxValue)
                throw new ArgumentOutOfRangeException("dim", size, $"Dimension {size} in ONNX tensor cannot exceed the maximum of 32-bit signed integer.");
            _dimensions.Add((int)Math.Max(size, 0));
            return true;
        });
    }
}
