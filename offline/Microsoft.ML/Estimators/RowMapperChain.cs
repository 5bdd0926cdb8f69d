using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Row mappers one after the other, as one.</summary>
internal sealed class RowMapperChain(DataViewSchema input, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => mappers.LastOrDefault()?.OutputSchema ?? input;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(row, "input");
        Check.NotNull(activeColumns, nameof(activeColumns));
        Check.Param(ReferenceEquals(row.Schema, InputSchema), "input", "Schema did not match original schema");
        if (mappers.Length == 0)
        {
            foreach (var column in activeColumns)
                Check.Param(row.IsColumnActive(column), "input", $"Mapper required column '{column.Name}' active but it was not.");
            return row;
        }
        // What each mapper must yield for those behind it.
        var needed = new IEnumerable<DataViewSchema.Column>[mappers.Length];
        needed[^1] = activeColumns;
        for (int i = mappers.Length - 1; i > 0; i--) needed[i - 1] = mappers[i].GetDependencies(needed[i]);
        for (int i = 0; i < mappers.Length; i++) row = mappers[i].GetRow(row, needed[i]);
        return row;
    }
}
