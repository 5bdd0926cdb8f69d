using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What a field or property can hold: a scalar or a vector (array, VBuffer) of an item type.</summary>
internal readonly record struct MemberType(Type Item, bool IsVector)
{
    /// <summary>The type that the member would map to; strings count as the text that columns hold.</summary>
    public static MemberType Of(Type type)
    {
        bool buffer = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        var item = type.IsArray ? type.GetElementType() : buffer ? type.GetGenericArguments()[0] : type;
        return new MemberType(item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item, type.IsArray || buffer);
    }

    /// <summary>As <see cref="Of(Type)"/>; throws for a type that no column can have.</summary>
    public static MemberType Of(MemberInfo member)
    {
        var type = Of(ValueType(member));
        bool known = TypeExtensions.Primitive(type.Item) != null || DataViewTypeManager.Find(type.Item, TypeAttribute(member)) != null;
        Check.Param(known, "rawType", $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        return type;
    }

    public static Type ValueType(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    public static DataViewTypeAttribute TypeAttribute(MemberInfo member) => member.GetCustomAttribute<DataViewTypeAttribute>();

    public static MemberInfo Find(Type owner, string name) =>
        owner.GetField(name) ?? (MemberInfo)owner.GetProperty(name)
        ?? throw Errors.Param("userSchemaDefinition", $"No field or property with name '{name}' found in type '{owner.FullName}'");
}
