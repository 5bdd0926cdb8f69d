namespace Microsoft.ML.Data;

/// <summary>Marks a member whose column type is one that a component brought, such as an image.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public abstract class DataViewTypeAttribute : Attribute, IEquatable<DataViewTypeAttribute>
{
    protected DataViewTypeAttribute() { }

    public abstract bool Equals(DataViewTypeAttribute other);

    /// <summary>Tells <see cref="DataViewTypeManager"/> of the type.</summary>
    public abstract void Register();
}
