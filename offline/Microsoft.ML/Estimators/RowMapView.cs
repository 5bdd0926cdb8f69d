namespace Microsoft.ML.Data;

/// <summary>The lazy view of a row map over another view.</summary>
internal sealed class RowMapView(IDataView source, RowMap map) : IMappedView
{
    private readonly RowMapper _mapper = new(map);

    public RowMap Map => map;

    public IDataView Source => source;

    IRowToRowMapper IMappedView.Mapper => _mapper;

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => _mapper.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        return LookAhead.TryOpen(this, columnsNeeded, rand)
            ?? new MappedCursor(source.GetRowCursor(_mapper.GetDependencies(columnsNeeded), rand), _mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        var needed = _mapper.GetDependencies(columnsNeeded).ToArray();
        var inputs = source.GetRowCursorSet(needed, n, rand);
        if (inputs.Length == 1 && n > 1 && _mapper.IsCostly(columnsNeeded)) inputs = SplitCursor.Split(inputs[0], needed, n);
        return Array.ConvertAll(inputs, DataViewRowCursor (input) => new MappedCursor(input, _mapper, active));
    }
}
