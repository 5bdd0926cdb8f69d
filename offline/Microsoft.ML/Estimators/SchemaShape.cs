using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What is known of a schema before any data is seen: names, kinds, item types, annotations' shapes.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    internal static readonly SchemaShape Empty = new([]);

    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        _columns = [.. Check.NotNull(columns, nameof(columns))];
        Check.Param(_columns.All(c => c.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool TryFindColumn(string name, out Column column)
    {
        column = _columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }

    /// <summary>The column of that name, or the error that names the missing one.</summary>
    internal Column Find(string name, string role = "input", string parameter = "inputSchema") =>
        TryFindColumn(name, out var column) ? column : throw Errors.MissingColumn(role, name, parameter);

    /// <summary>This shape with columns added; one of the same name is replaced.</summary>
    internal SchemaShape With(params IEnumerable<Column> added)
    {
        var byName = _columns.ToDictionary(c => c.Name);
        foreach (var column in added) byName[column.Name] = column;
        return new SchemaShape(byName.Values);
    }

    /// <summary>The shape of a schema's visible columns.</summary>
    internal static SchemaShape Create(DataViewSchema schema) =>
        new(Check.NotNull(schema, nameof(schema)).Where(c => !c.IsHidden).Select(c => new Column(c.Name, c.Type, AnnotationsOf(c))));

    private static SchemaShape AnnotationsOf(DataViewSchema.Column column) =>
        new(column.Annotations.Schema.Select(a => new Column(a.Name, a.Type)));
}
