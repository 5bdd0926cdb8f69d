using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class map to columns.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition() { }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            Check.NotNull(value, nameof(value));
            Check.Param(value.ColumnName == columnName, nameof(columnName),
                $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            int index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0) this[index] = value;
            else Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        var definition = new SchemaDefinition();
        var names = new HashSet<string>();
        foreach (var member in Members(Check.NotNull(userType, nameof(userType)), direction))
        {
            MemberType.TypeAttribute(member)?.Register();
            string name = NameOf(member);
            Check.Param(names.Add(name), nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, TypeOf(member), name));
        }
        return definition;
    }

    /// <summary>The definition of a class under a given schema: the schema's types and annotations on the members of the same names.</summary>
    internal static SchemaDefinition From(Type userType, DataViewSchema schema)
    {
        var definition = Create(userType, Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name] ?? throw new InvalidOperationException($"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.CopyAnnotations(column.Annotations);
        }
        return definition;
    }

    /// <summary>The public fields, then the properties that can be read or written as asked; without those marked [NoColumn].</summary>
    internal static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Public).Where(p => p.GetIndexParameters().Length == 0
            && (direction.HasFlag(Direction.Read) && p.GetGetMethod() != null || direction.HasFlag(Direction.Write) && p.GetSetMethod() != null));
        return type.GetFields(Public).Concat<MemberInfo>(properties)
            .Where(m => MemberType.ValueType(m) != typeof(IChannel) && m.GetCustomAttribute<NoColumnAttribute>() == null);
    }

    internal static string NameOf(MemberInfo member) => member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;

    private static DataViewType TypeOf(MemberInfo member)
    {
        var type = MemberType.Of(member);
        if (DataViewTypeManager.Find(type.Item, MemberType.TypeAttribute(member)) is { } registered) return registered;
        var item = ItemOf(member, type.Item);
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        Check.Param(vector == null || type.IsVector, "userType",
            $"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type");
        return !type.IsVector ? item
            : vector?.Dimensions is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions)
            : new VectorDataViewType(item);
    }

    private static PrimitiveDataViewType ItemOf(MemberInfo member, Type item)
    {
        if (member.GetCustomAttribute<KeyTypeAttribute>() is not { } key) return TypeExtensions.Primitive(item);
        Check.Param(KeyDataViewType.IsValidDataType(item), "userType",
            $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
        return new KeyDataViewType(item, key.KeyCount.Count.GetValueOrDefault());
    }
}
