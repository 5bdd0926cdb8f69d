using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class =>
        new ObjectView<TRow>(Check.NotNull(data, nameof(data)), schemaDefinition);

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
    {
        Check.NotNull(data, nameof(data));
        Check.NotNull(schema, nameof(schema));
        return new ObjectView<TRow>(data, SchemaDefinition.From(typeof(TRow), schema));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false,
        SchemaDefinition schemaDefinition = null) where TRow : class, new()
    {
        Check.NotNull(data, nameof(data));
        var writer = new ObjectWriter<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition);
        return Objects(data, writer, reuseRowObject);
    }

    private static IEnumerable<TRow> Objects<TRow>(IDataView data, ObjectWriter<TRow> writer, bool reuse) where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(writer.Needed);
        var fill = writer.Bind(cursor);
        var row = new TRow();
        while (cursor.MoveNext())
        {
            fill(row);
            yield return row;
            if (!reuse) row = new TRow();
        }
    }
}
