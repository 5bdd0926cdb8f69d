namespace Microsoft.ML.Data;

/// <summary>Some of a view's columns, in a given order, maybe one of them more than once.</summary>
internal sealed class ColumnSubsetView : IMappedView
{
    private readonly IDataView _source;
    private readonly int[] _columns;

    public ColumnSubsetView(IDataView source, int[] columns)
    {
        (_source, _columns) = (source, columns);
        Mapper = new ColumnSubsetMapper(source.Schema, columns);
    }

    public IDataView Source => _source;

    public IRowToRowMapper Mapper { get; }

    /// <summary>The view without the columns whose values cannot be kept, such as images.</summary>
    public static IDataView Keepable(IDataView source)
    {
        int[] kept = [.. source.Schema.Where(c => c.Type.ItemType() is PrimitiveDataViewType).Select(c => c.Index)];
        return kept.Length == source.Schema.Count ? source : new ColumnSubsetView(source, kept);
    }

    public static DataViewSchema SchemaOf(DataViewSchema schema, int[] columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(columns.Select(c => schema[c]));
        return builder.ToSchema();
    }

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => Mapper.OutputSchema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        return LookAhead.TryOpen(this, columnsNeeded, rand) ?? new Cursor(_source.GetRowCursor(Needed(active), rand), this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        return Array.ConvertAll(_source.GetRowCursorSet(Needed(active), n, rand), DataViewRowCursor (input) => new Cursor(input, this, active));
    }

    private IEnumerable<DataViewSchema.Column> Needed(bool[] active) =>
        _columns.Where((_, i) => active[i]).Distinct().Select(c => _source.Schema[c]).ToArray();

    private sealed class Cursor(DataViewRowCursor input, ColumnSubsetView view, bool[] active) : DataViewRowCursor
    {
        public override DataViewSchema Schema => view.Schema;
        public override long Position => input.Position;
        public override long Batch => input.Batch;
        public override bool MoveNext() => input.MoveNext();
        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
        public override bool IsColumnActive(DataViewSchema.Column column) => ActiveColumns.IsActive(active, column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ActiveColumns.CheckActive(active, column);
            return input.GetGetter<TValue>(view._source.Schema[view._columns[column.Index]]);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
        }
    }
}
