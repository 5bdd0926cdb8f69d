namespace Microsoft.ML.Data;

/// <summary>Some columns of a row.</summary>
internal sealed class ColumnSubsetMapper(DataViewSchema input, int[] columns) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema { get; } = ColumnSubsetView.SchemaOf(input, columns);

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Select(c => columns[c.Index]).Distinct().Order().Select(c => input[c]).ToArray();

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new Row(row, this, columns);

    private sealed class Row(DataViewRow input, ColumnSubsetMapper mapper, int[] columns) : DataViewRow
    {
        public override DataViewSchema Schema => mapper.OutputSchema;
        public override long Position => input.Position;
        public override long Batch => input.Batch;
        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        // As in the real package: the columns that were kept count as active, whatever the row below has.
        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            input.GetGetter<TValue>(input.Schema[columns[column.Index]]);

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
        }
    }
}
