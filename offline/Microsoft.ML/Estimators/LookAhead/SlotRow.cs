namespace Microsoft.ML.Data;

/// <summary>A row over values that were kept from another row, by slot.</summary>
internal sealed class SlotRow(DataViewRow source, DataViewSchema.Column[] columns) : DataViewRow
{
    private readonly Dictionary<int, RowStore> _stores = columns.ToDictionary(c => c.Index, c => RowStore.Of(source, c));
    private readonly RowStore _ids = RowStore.OfIds(source);
    private long _taken, _first;

    public int Slot { get; set; }

    public override DataViewSchema Schema { get; } = source.Schema;

    /// <summary>Never the same for two rows, in whichever slot: what is computed of a row is remembered by it.</summary>
    public override long Position => _first + Slot;

    public override long Batch => 0;

    /// <summary>Keeps the source's current values.</summary>
    public void Take(int slot)
    {
        foreach (var store in _stores.Values) store.Take(slot);
        _ids.Take(slot);
        _first = _taken++ - slot;
    }

    public Delegate MakeGetter(int column, Func<int> slot) => _stores[column].MakeGetter(slot);

    public ValueGetter<DataViewRowId> MakeIdGetter(Func<int> slot) => (ValueGetter<DataViewRowId>)_ids.MakeGetter(slot);

    public override ValueGetter<DataViewRowId> GetIdGetter() => MakeIdGetter(() => Slot);

    public override bool IsColumnActive(DataViewSchema.Column column) => _stores.ContainsKey(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        _stores.TryGetValue(column.Index, out var store)
            ? Getters.Cast<TValue>(store.MakeGetter(() => Slot), column)
            : throw new ArgumentOutOfRangeException(nameof(column), "requested column not active");
}
