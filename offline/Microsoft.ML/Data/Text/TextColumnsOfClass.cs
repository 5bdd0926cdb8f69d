using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A text loader's columns from the members of a class, each marked with the fields that it takes.</summary>
internal static class TextColumnsOfClass
{
    public static TextLoader.Column[] Of(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var members = type.GetFields(Public).Concat<MemberInfo>(type.GetProperties(Public)
            .Where(p => p.GetGetMethod() != null && p.GetIndexParameters().Length == 0)).ToArray();
        Check.Param(members.Length > 0, "TInput", "Should define at least one public, readable field or property in TInput.");
        return Array.ConvertAll(members, Of);
    }

    private static TextLoader.Column Of(MemberInfo member)
    {
        string what = member is FieldInfo ? "Field" : "Property";
        var fields = member.GetCustomAttribute<LoadColumnAttribute>()
            ?? throw new InvalidOperationException($"{what} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        var type = MemberType.ValueType(member);
        var raw = TypeExtensions.Primitive(type.IsArray ? type.GetElementType() : type)?.RawType;
        var kind = Enum.GetValues<DataKind>().FirstOrDefault(k => k.RawType() == raw);
        Check.That(kind != 0, $"{what} {member.Name} is of unsupported type.");
        return new TextLoader.Column(SchemaDefinition.NameOf(member), kind, fields.Sources, member.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount);
    }
}
