namespace Microsoft.ML.Data;

/// <summary>
/// One of several cursors that share out the rows of a source, a block at a time, each to be read by a thread of
/// its own: whoever runs out of rows takes the next block. <see cref="Batch"/> tells the blocks' order.
/// </summary>
internal sealed class SplitCursor : RootCursor
{
    private const int BlockRows = 8;

    private readonly Shared _shared;
    private readonly SlotRow _rows;
    private int _count;
    private int _slot;
    private long _batch;

    private SplitCursor(Shared shared, DataViewSchema.Column[] columns)
        : base(shared.Source.Schema, ActiveColumns.Of(shared.Source.Schema, columns)) => (_shared, _rows) = (shared, new SlotRow(shared.Source, columns));

    /// <summary>Splits a cursor, or gives it back alone where values of it cannot be kept.</summary>
    public static DataViewRowCursor[] Split(DataViewRowCursor source, DataViewSchema.Column[] columns, int n)
    {
        n = Math.Min(n, Environment.ProcessorCount);
        if (n < 2 || !columns.All(c => c.Type.ItemType() is PrimitiveDataViewType)) return [source];
        var shared = new Shared(source, n);
        return [.. Enumerable.Range(0, n).Select(_ => new SplitCursor(shared, columns))];
    }

    public override long Batch => _batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.MakeIdGetter(Slot);

    private int Slot() => Position >= 0 ? _slot : throw NoRow();

    protected override bool MoveNextCore()
    {
        if (++_slot < _count) return true;
        (_slot, _count) = (0, _shared.Take(_rows, BlockRows, out _batch));
        return _count > 0;
    }

    protected override Delegate Getter(int column) => _rows.MakeGetter(column, Slot);

    protected override void DisposeCore() => _shared.Release();

    /// <summary>The source and who still reads it.</summary>
    private sealed class Shared(DataViewRowCursor source, int readers)
    {
        private readonly Lock _lock = new();
        private long _batch = -1;
        private int _readers = readers;

        public DataViewRowCursor Source => source;

        public int Take(SlotRow rows, int limit, out long batch)
        {
            lock (_lock)
            {
                batch = ++_batch;
                int count = 0;
                for (; count < limit && source.MoveNext(); count++) rows.Take(count);
                return count;
            }
        }

        public void Release()
        {
            if (Interlocked.Decrement(ref _readers) == 0) source.Dispose();
        }
    }
}
