using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>The column type of a model's sequence: <c>IEnumerable</c> of the element type.</summary>
public sealed class OnnxSequenceType : StructuredDataViewType
{
    public OnnxSequenceType(Type elementType) : base(typeof(IEnumerable<>).MakeGenericType(elementType)) =>
        DataViewTypeManager.Register(this, RawType, new OnnxSequenceTypeAttribute(elementType));

    public override bool Equals(DataViewType other) => other is OnnxSequenceType && RawType == other.RawType;

    public override int GetHashCode() => RawType.GetHashCode();
}

/// <summary>Marks a member that holds a model's sequence.</summary>
public sealed class OnnxSequenceTypeAttribute : DataViewTypeAttribute
{
    private readonly Type _element;

    [Obsolete("Please specify sequence type when use OnnxSequenceType Attribute", false)]
    public OnnxSequenceTypeAttribute() { }

    public OnnxSequenceTypeAttribute(Type elemType) => _element = elemType;

    public override bool Equals(DataViewTypeAttribute other) => other is OnnxSequenceTypeAttribute sequence && _element.Equals(sequence._element);

    public override int GetHashCode() => _element.GetHashCode();

    public override void Register() => DataViewTypeManager.Register(new OnnxSequenceType(_element), typeof(IEnumerable<>).MakeGenericType(_element), this);
}
