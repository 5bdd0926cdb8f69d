namespace Microsoft.ML.Data;

/// <summary>
/// Rows in the source's order, computed ahead. The reader's own thread reads the source; blocks of its rows are
/// mapped in the background while the reader is busy with earlier ones. Blocks start at one row and grow, so that
/// who wants only the first row does not wait for many.
/// </summary>
internal sealed class LookAheadCursor : RootCursor
{
    private const int LargestBlock = 8;

    private readonly DataViewRowCursor _source;
    private readonly LookAheadBlock[] _blocks;
    private readonly Queue<LookAheadBlock> _running = new();
    private LookAheadBlock _current;
    private int _slot = -1;
    private int _blockRows = 1;
    private bool _sourceEnded;

    public LookAheadCursor(DataViewRowCursor source, DataViewSchema.Column[] needed, RowMapperChain mapper, DataViewSchema.Column[] wanted)
        : base(mapper.OutputSchema, ActiveColumns.Of(mapper.OutputSchema, wanted))
    {
        _source = source;
        _blocks = [.. Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => new LookAheadBlock(source, needed, mapper, wanted))];
    }

    protected override bool MoveNextCore()
    {
        if (_current == null)
            foreach (var block in _blocks) Start(block);
        while (_current == null || ++_slot >= _current.Count)
        {
            if (_current != null)
            {
                _current.ThrowIfFailed();
                Start(_current);
            }
            if (!_running.TryDequeue(out _current)) return false;
            _current.Wait();
            _slot = -1;
        }
        return true;
    }

    private void Start(LookAheadBlock block)
    {
        if (_sourceEnded) return;
        _sourceEnded = !block.Fill(_source, _blockRows);
        _blockRows = Math.Min(LargestBlock, 2 * _blockRows);
        _running.Enqueue(block);
    }

    /// <summary>The block of the current row, its getters set to that row.</summary>
    private LookAheadBlock Current() => Position >= 0 ? _current.At(_slot) : throw NoRow();

    protected override Delegate Getter(int column) => Generic.Invoke<Delegate>(OverBlocks<int>, Schema[column].Type.RawType, column);

    private Delegate OverBlocks<T>(int column)
    {
        var getters = _blocks.ToDictionary(block => block, block => (ValueGetter<T>)block.MakeGetter(column));
        return (ValueGetter<T>)((ref T value) => getters[Current()](ref value));
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        var getters = _blocks.ToDictionary(block => block, block => block.MakeIdGetter());
        return (ref DataViewRowId id) => getters[Current()](ref id);
    }

    protected override void DisposeCore()
    {
        foreach (var block in _blocks) block.Dispose();
        _source.Dispose();
    }
}
