namespace Microsoft.ML.Data;

/// <summary>
/// A view's values kept in memory. A column is read from the source when a cursor first asks for it, together
/// with the others that this cursor asks for, as far as some cursor has come; later cursors read the memory.
/// </summary>
internal sealed class CacheView : IDataView
{
    private const int BlockRows = 64;

    private readonly IDataView _source;
    private readonly Lock _lock = new();
    private readonly CacheFill[] _fills;
    private CacheFill _last;

    public CacheView(IDataView source, params string[] prefetch)
    {
        _source = ColumnSubsetView.Keepable(source);
        _fills = new CacheFill[_source.Schema.Count];
        if (prefetch is not { Length: > 0 }) return;
        var columns = Array.ConvertAll(prefetch, name => Schema.GetColumnOrNull(name) ?? throw new InvalidOperationException(
            $"Asked to prefetch column '{name}' into cache, but it is of unhandled type '{source.Schema[name].Type}'"));
        foreach (var fill in FillsOf(columns)) fill.ToEnd();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount() ?? _fills.Append(_last).FirstOrDefault(fill => fill is { IsDone: true })?.Count;

    /// <summary>The fills that hold these columns; those of no fill yet are read together.</summary>
    private CacheFill[] FillsOf(IEnumerable<DataViewSchema.Column> columns)
    {
        var wanted = ActiveColumns.Of(Schema, columns);
        lock (_lock)
        {
            var missing = Schema.Where(c => wanted[c.Index] && _fills[c.Index] == null).ToArray();
            if (missing.Length > 0 || _last == null)
            {
                _last = new CacheFill(_source.GetRowCursor(missing), missing);
                foreach (var column in missing) _fills[column.Index] = _last;
            }
            var fills = _fills.Where((_, i) => wanted[i]).Distinct().ToArray();
            return fills.Length > 0 ? fills : [_last];
        }
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        MakeCursor(columnsNeeded, FillsOf(columnsNeeded), new Turns(int.MaxValue), rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var fills = FillsOf(columnsNeeded);
        var turns = new Turns(BlockRows);
        int[] order = Permutation(fills, rand);
        return [.. Enumerable.Range(0, Math.Max(1, Math.Min(n, Environment.ProcessorCount)))
            .Select(_ => MakeCursor(columnsNeeded, fills, turns, order))];
    }

    private DataViewRowCursor MakeCursor(IEnumerable<DataViewSchema.Column> columns, CacheFill[] fills, Turns turns, Random rand) =>
        MakeCursor(columns, fills, turns, Permutation(fills, rand));

    private DataViewRowCursor MakeCursor(IEnumerable<DataViewSchema.Column> columns, CacheFill[] fills, Turns turns, int[] order) =>
        new Cursor(this, ActiveColumns.Of(Schema, columns), fills, turns, order);

    private static int[] Permutation(CacheFill[] fills, Random rand)
    {
        if (rand == null) return null;
        int[] order = [.. Enumerable.Range(0, fills[0].ToEnd())];
        rand.Shuffle(order);
        return order;
    }

    /// <summary>Deals out blocks of rows to the cursors of a set.</summary>
    private sealed class Turns(int blockRows)
    {
        private long _next = -1;

        public int BlockRows => blockRows;

        public long Next() => Interlocked.Increment(ref _next);
    }

    private sealed class Cursor(CacheView view, bool[] active, CacheFill[] fills, Turns turns, int[] order) : RootCursor(view.Schema, active)
    {
        private long _batch = -1;
        private long _row = -1;

        public override long Batch => Math.Max(0, _batch);

        protected override bool MoveNextCore()
        {
            if (_batch < 0 || (_row + 1) % turns.BlockRows == 0)
            {
                _batch = turns.Next();
                _row = _batch * turns.BlockRows - 1;
            }
            _row++;
            foreach (var fill in fills)
                if (!fill.Has(_row)) return false;
            return true;
        }

        private int Row() => Position < 0 ? throw NoRow() : order == null ? (int)_row : order[_row];

        protected override Delegate Getter(int column) => view._fills[column].MakeGetter(column, Row);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row(), 0);
    }
}
