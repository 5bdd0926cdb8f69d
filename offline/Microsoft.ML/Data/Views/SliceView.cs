namespace Microsoft.ML.Data;

/// <summary>So many rows of a view, after skipping so many. No row beyond the last is read.</summary>
internal sealed class SliceView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => take == 0 ? 0 : source.GetRowCount() is long count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), ActiveColumns.Of(Schema, columnsNeeded), skip, take);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : LinkedCursor(input, active)
    {
        protected override bool MoveNextCore()
        {
            if (Position + 1 >= take) return false;
            for (long left = Position < 0 ? skip : 0; left > 0; left--)
                if (!Input.MoveNext()) return false;
            return Input.MoveNext();
        }
    }
}
