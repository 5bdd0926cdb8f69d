namespace Microsoft.ML.Data;

/// <summary>
/// A cursor that makes rows itself: it counts positions, ends for good after the last row or when disposed,
/// and knows which columns are active.
/// </summary>
internal abstract class RootCursor(DataViewSchema schema, bool[] active) : DataViewRowCursor
{
    private long _position = -1;
    private bool _done;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => _position;

    public override long Batch => 0;

    protected static Exception NoRow() => new InvalidOperationException(
        "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, or at any point after that method returned false.");

    public sealed override bool MoveNext()
    {
        if (_done) return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected abstract bool MoveNextCore();

    /// <summary>The getter of an active column.</summary>
    protected abstract Delegate Getter(int column);

    /// <summary>The getter as a reader wants it, or the error about its type.</summary>
    protected virtual ValueGetter<TValue> Typed<TValue>(DataViewSchema.Column column) => Getters.Cast<TValue>(Getter(column.Index));

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        id = _position >= 0 ? new DataViewRowId((ulong)_position, 0) : throw NoRow();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => ActiveColumns.IsActive(active, column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.CheckActive(active, column);
        return Typed<TValue>(schema[column.Index]);
    }

    protected virtual void DisposeCore() { }

    protected sealed override void Dispose(bool disposing)
    {
        if (_done) return;
        _done = true;
        _position = -1;
        if (disposing) DisposeCore();
    }
}
