using Microsoft.ML;

namespace ResNet.MLNet.Scoring;

/// <summary>Which columns of a schema a row was asked for, and ML.NET's rules for asking a row for a getter.</summary>
internal sealed class ActiveColumns(DataViewSchema schema, IEnumerable<DataViewSchema.Column> active)
{
    private readonly HashSet<int> _active = active.Select(column => column.Index).ToHashSet();

    public bool Contains(DataViewSchema.Column column) => _active.Contains(column.Index);

    /// <exception cref="ArgumentOutOfRangeException">The column is not of the schema, or was not asked for.</exception>
    public void Check(DataViewSchema.Column column)
    {
        if (column.Index >= schema.Count || !Contains(column))
            throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active in this row.");
    }

    /// <exception cref="InvalidOperationException">The column's values are of another type.</exception>
    public static ValueGetter<TValue> As<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has values of {column.Type.RawType}, not {typeof(TValue)}.");
}
