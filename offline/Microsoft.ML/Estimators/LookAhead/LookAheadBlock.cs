namespace Microsoft.ML.Data;

/// <summary>Some consecutive rows: what they need of the source, and what is computed of them by one task.</summary>
internal sealed class LookAheadBlock : IDisposable
{
    private readonly SlotRow _row;
    private readonly DataViewRow _mapped;
    private readonly Dictionary<int, RowStore> _outputs;
    private Task _task = Task.CompletedTask;
    private Exception _error;
    private int _filled;
    private int _slot;

    public LookAheadBlock(DataViewRow source, DataViewSchema.Column[] needed, RowMapperChain mapper, DataViewSchema.Column[] wanted)
    {
        _row = new SlotRow(source, needed);
        _mapped = mapper.GetRow(_row, wanted);
        _outputs = wanted.DistinctBy(c => c.Index).ToDictionary(c => c.Index, c => RowStore.Of(_mapped, c));
    }

    /// <summary>The rows that were computed: fewer than were filled if one failed.</summary>
    public int Count { get; private set; }

    /// <summary>Takes up to so many rows from the source and starts to compute them; false if the source has ended.</summary>
    public bool Fill(DataViewRowCursor source, int rows)
    {
        bool more = true;
        for (_filled = 0; _filled < rows && (more = source.MoveNext()); _filled++) _row.Take(_filled);
        _task = Task.Run(Compute);
        return more;
    }

    private void Compute()
    {
        Count = 0;
        try
        {
            for (int slot = 0; slot < _filled; slot++)
            {
                _row.Slot = slot;
                foreach (var output in _outputs.Values) output.Take(slot);
                Count++;
            }
        }
        catch (Exception error)
        {
            _error = error;
        }
    }

    public void Wait() => _task.Wait();

    /// <summary>Throws what stopped the computing, once the rows before are read.</summary>
    public void ThrowIfFailed()
    {
        if (_error != null) throw new InvalidOperationException("Splitter/consolidator worker encountered exception while consuming source data", _error);
    }

    /// <summary>This block, its getters set to a row of it.</summary>
    public LookAheadBlock At(int slot)
    {
        _slot = slot;
        return this;
    }

    public Delegate MakeGetter(int column) => _outputs[column].MakeGetter(() => _slot);

    public ValueGetter<DataViewRowId> MakeIdGetter() => _row.MakeIdGetter(() => _slot);

    public void Dispose()
    {
        _task.Wait();
        _mapped.Dispose();
    }
}
