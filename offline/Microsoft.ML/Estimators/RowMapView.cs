namespace Microsoft.ML.Data;

/// <summary>The lazy view of a row map over another view.</summary>
internal sealed class RowMapView(IDataView source, RowMap map) : IDataView
{
    private readonly RowMapper _mapper = new(map);

    public RowMap Map => map;

    public IDataView Source => source;

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => _mapper.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        return new MappedCursor(source.GetRowCursor(_mapper.GetDependencies(columnsNeeded), rand), _mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(Schema, columnsNeeded);
        var inputs = source.GetRowCursorSet(_mapper.GetDependencies(columnsNeeded), n, rand);
        return Array.ConvertAll(inputs, DataViewRowCursor (input) => new MappedCursor(input, _mapper, active));
    }
}
