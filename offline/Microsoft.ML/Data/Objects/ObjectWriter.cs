using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fills objects of a class from rows of a schema; the binding is checked once, up front.</summary>
internal sealed class ObjectWriter<TRow> where TRow : class
{
    private readonly (ObjectColumn Member, DataViewSchema.Column Source)[] _bound;

    public ObjectWriter(DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition = null)
    {
        CheckUnknownTypes(schema, definition);
        var members = ObjectColumn.Of(typeof(TRow), definition, SchemaDefinition.Direction.Write);
        _bound = [.. members.Select(m => (m, schema.GetColumnOrNull(m.Column.Name)))
            .Where(pair => pair.Item2 != null || (ignoreMissingColumns ? false : throw Errors.MissingColumn("", pair.m.Column.Name, "Schema")))
            .Select(pair => (pair.m, pair.Item2.Value))];
        foreach (var (member, source) in _bound) CheckFits(member, source);
    }

    /// <summary>The columns that must be active in a row to fill from.</summary>
    public IEnumerable<DataViewSchema.Column> Needed => _bound.Select(pair => pair.Source);

    /// <summary>A function that fills an object with the values of <paramref name="row"/> as it stands.</summary>
    public Action<TRow> Bind(DataViewRow row)
    {
        var setters = Array.ConvertAll(_bound, pair => MemberSetters<TRow>.Make(row, pair.Source, pair.Member));
        return target =>
        {
            foreach (var set in setters) set(target);
        };
    }

    private static void CheckFits(ObjectColumn member, DataViewSchema.Column source)
    {
        var type = MemberType.Of(member.ValueType);
        bool fits = type.IsVector == source.Type is VectorDataViewType && source.Type.ItemType().RawType == type.Item;
        Check.That(fits, $"Can't bind the IDataView column '{source.Name}' of type '{source.Type}' to field or property '{member.Member.Name}' of type '{member.ValueType.FullName}'.");
    }

    /// <summary>A member of a type that no column can have: says which one its column has.</summary>
    private static void CheckUnknownTypes(DataViewSchema schema, SchemaDefinition definition)
    {
        var members = definition == null
            ? SchemaDefinition.Members(typeof(TRow), SchemaDefinition.Direction.Write)
            : definition.Select(column => MemberType.Find(typeof(TRow), column.MemberName));
        foreach (var member in members)
        {
            var actual = MemberType.Of(MemberType.ValueType(member)).Item;
            string name = SchemaDefinition.NameOf(member);
            if (TypeExtensions.Primitive(actual) != null || schema.GetColumnOrNull(name)?.Type.RawType is not { } expected || expected == actual) continue;
            if (DataViewTypeManager.Find(actual, MemberType.TypeAttribute(member)) != null) continue;
            throw Errors.Param("actualType",
                $"The expected type '{expected}' does not match the type of the '{name}' member: '{actual}'. Please change the {name} member to '{expected}'");
        }
    }
}
