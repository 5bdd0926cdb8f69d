namespace Microsoft.ML.Data;

/// <summary>Some columns of a cache and the one pass over the source that fills them, as far as anyone asked.</summary>
internal sealed class CacheFill
{
    private readonly Lock _lock = new();
    private readonly DataViewRowCursor _cursor;
    private readonly Dictionary<int, RowStore> _stores;
    private Exception _error;
    private volatile int _count;
    private volatile bool _done;

    public CacheFill(DataViewRowCursor cursor, DataViewSchema.Column[] columns)
    {
        _cursor = cursor;
        _stores = columns.ToDictionary(c => c.Index, c => RowStore.Of(cursor, c));
    }

    public int Count => _count;

    public bool IsDone => _done;

    public Delegate MakeGetter(int column, Func<int> row) => _stores[column].MakeGetter(row);

    /// <summary>Whether there is such a row; reads on until it is there.</summary>
    public bool Has(long row)
    {
        if (row < _count) return true;
        if (_done) return false;
        lock (_lock)
        {
            while (row >= _count && !_done) Advance();
            return row < _count;
        }
    }

    /// <summary>Reads all rows; the number of them.</summary>
    public int ToEnd()
    {
        Has(long.MaxValue);
        return _count;
    }

    private void Advance()
    {
        if (_error != null) throw Failed();
        try
        {
            if (_cursor.MoveNext())
            {
                foreach (var store in _stores.Values) store.Take(_count);
                _count++;
                return;
            }
            _cursor.Dispose();
            _done = true;
        }
        catch (Exception error)
        {
            _error = error;
            _cursor.Dispose();
            throw Failed();
        }
    }

    private InvalidOperationException Failed() => new("The rows to cache could not be read: " + _error.Message, _error);
}
