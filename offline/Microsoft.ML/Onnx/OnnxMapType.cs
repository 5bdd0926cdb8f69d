using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The column type of a model's map: <c>IDictionary</c>.</summary>
public sealed class OnnxMapType : StructuredDataViewType
{
    public OnnxMapType(Type keyType, Type valueType) : base(typeof(IDictionary<,>).MakeGenericType(keyType, valueType)) =>
        DataViewTypeManager.Register(this, RawType, new OnnxMapTypeAttribute(keyType, valueType));

    public override bool Equals(DataViewType other) => other is OnnxMapType && RawType == other.RawType;

    public override int GetHashCode() => RawType.GetHashCode();
}

/// <summary>Marks a member that holds a model's map.</summary>
public sealed class OnnxMapTypeAttribute : DataViewTypeAttribute
{
    private readonly Type _key, _value;

    public OnnxMapTypeAttribute() { }

    public OnnxMapTypeAttribute(Type keyType, Type valueType) => (_key, _value) = (keyType, valueType);

    public override bool Equals(DataViewTypeAttribute other) => other is OnnxMapTypeAttribute map && _key.Equals(map._key) && _value.Equals(map._value);

    public override int GetHashCode() => HashCode.Combine(_key, _value);

    public override void Register() => DataViewTypeManager.Register(new OnnxMapType(_key, _value), typeof(IDictionary<,>).MakeGenericType(_key, _value), this);
}
