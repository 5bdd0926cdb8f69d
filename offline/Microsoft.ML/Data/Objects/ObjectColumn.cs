using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column and the member of a class that holds its values.</summary>
internal sealed record ObjectColumn(MemberInfo Member, DataViewSchema.DetachedColumn Column)
{
    /// <summary>The type of the member itself.</summary>
    public Type ValueType => MemberType.ValueType(Member);

    /// <summary>The columns of a class, from a definition or from its own members.</summary>
    public static ObjectColumn[] Of(Type type, SchemaDefinition definition, SchemaDefinition.Direction direction)
    {
        definition ??= SchemaDefinition.Create(type, direction);
        return [.. definition.Select(column => Of(type, column))];
    }

    public static DataViewSchema SchemaOf(IEnumerable<ObjectColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns.Select(c => c.Column));
        return builder.ToSchema();
    }

    private static ObjectColumn Of(Type owner, SchemaDefinition.Column column)
    {
        var member = MemberType.Find(owner, column.MemberName);
        var type = MemberType.Of(member);
        string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        CheckFits(name, column, type);
        DataViewType natural = TypeExtensions.Primitive(type.Item);
        var columnType = column.ColumnType ?? (type.IsVector ? new VectorDataViewType((PrimitiveDataViewType)natural) : natural);
        return new ObjectColumn(member, new DataViewSchema.DetachedColumn(name, columnType, column.Annotations));
    }

    private static void CheckFits(string name, SchemaDefinition.Column column, MemberType member)
    {
        if (column.ColumnType == null) return;
        bool vector = column.ColumnType is VectorDataViewType;
        Check.Param(vector == member.IsVector, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {(vector ? "vector" : "scalar")}, but type of associated field '{column.MemberName}' is {(member.IsVector ? "vector" : "scalar")}");
        var item = column.ColumnType.ItemType().RawType;
        Check.Param(item == member.Item, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {item}, but associated field has type {member.Item}");
    }

    /// <summary>A function that reads the member, compiled.</summary>
    public Func<TRow, T> Reader<TRow, T>()
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, T>>(Expression.MakeMemberAccess(row, Member), row).Compile();
    }

    /// <summary>A function that writes the member, compiled.</summary>
    public Action<TRow, T> Writer<TRow, T>()
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(T));
        return Expression.Lambda<Action<TRow, T>>(Expression.Assign(Expression.MakeMemberAccess(row, Member), value), row, value).Compile();
    }
}
