using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row map as the public interface shows it.</summary>
internal sealed class RowMapper(RowMap map) : IRowToRowMapper
{
    public RowMap Map => map;

    public DataViewSchema InputSchema => map.InputSchema;

    public DataViewSchema OutputSchema => map.Bindings.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (var column in dependingColumns)
        {
            ActiveColumns.CheckOwn(OutputSchema, column);
            if (map.Bindings.IsInput(column.Index, out int index)) needed[index] = true;
            else
                foreach (int input in map.GetDependencies(index)) needed[input] = true;
        }
        return InputSchema.Where(c => needed[c.Index]).ToArray();
    }

    /// <summary>Whether any of these output columns is worth computing ahead.</summary>
    public bool IsCostly(IEnumerable<DataViewSchema.Column> outputs) =>
        map.IsCostly && outputs.Any(column => !map.Bindings.IsInput(column.Index, out _));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(input, nameof(input));
        Check.That(ReferenceEquals(input.Schema, InputSchema), "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, this, ActiveColumns.Of(OutputSchema, activeColumns));
    }
}
