namespace Microsoft.ML.Data;

/// <summary>
/// A view's rows in random order: a pool of rows is kept, each step hands out a random one of them and takes
/// in the next. Where the source can shuffle by itself it is asked to, unless only the pool is wanted.
/// </summary>
internal sealed class ShuffleView(IDataView source, int seed, int poolRows, bool shuffleSource) : IDataView
{
    private readonly IDataView _source = ColumnSubsetView.Keepable(source);

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var own = rand ?? new Random(seed);
        var input = _source.GetRowCursor(columnsNeeded, shuffleSource ? new Random(own.Next()) : null);
        return poolRows == 1 ? input : new Cursor(input, ActiveColumns.Of(Schema, columnsNeeded), poolRows, own);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _rand;
        private readonly int _poolRows;
        private readonly RowStore[] _stores;
        private readonly RowStore _ids;

        /// <summary>The slots that hold rows yet to come; the slot handed out last is refilled at the next step.</summary>
        private readonly List<int> _pool = [];
        private int _current = -1;
        private bool _ended;

        public Cursor(DataViewRowCursor input, bool[] active, int poolRows, Random rand) : base(input.Schema, active)
        {
            (_input, _poolRows, _rand) = (input, poolRows, rand);
            _stores = [.. input.Schema.Select(c => active[c.Index] ? RowStore.Of(input, c) : null)];
            _ids = RowStore.OfIds(input);
        }

        protected override bool MoveNextCore()
        {
            if (_current >= 0) Fill(_current);
            else
                for (int slot = 0; slot < _poolRows && !_ended; slot++) Fill(slot);
            if (_pool.Count == 0) return false;
            int at = _rand.Next(_pool.Count);
            _current = _pool[at];
            _pool[at] = _pool[^1];
            _pool.RemoveAt(_pool.Count - 1);
            return true;
        }

        private void Fill(int slot)
        {
            if (_ended || (_ended = !_input.MoveNext())) return;
            foreach (var store in _stores) store?.Take(slot);
            _ids.Take(slot);
            _pool.Add(slot);
        }

        private int Slot() => Position >= 0 ? _current : throw NoRow();

        protected override Delegate Getter(int column) => _stores[column].MakeGetter(Slot);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.MakeGetter(Slot);

        protected override void DisposeCore() => _input.Dispose();
    }
}
