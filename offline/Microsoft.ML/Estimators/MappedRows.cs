using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The getters of a row map's output columns over one input row.</summary>
internal sealed class MappedGetters : IDisposable
{
    private readonly DataViewRow _input;
    private readonly RowMapper _mapper;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private Action _dispose;

    public MappedGetters(DataViewRow input, RowMapper mapper, bool[] active)
    {
        (_input, _mapper, _active) = (input, mapper, active);
        var bindings = mapper.Map.Bindings;
        _getters = new Delegate[bindings.Added.Length];
        for (int i = 0; i < active.Length; i++)
        {
            if (!active[i] || bindings.IsInput(i, out int output)) continue;
            _getters[output] = mapper.Map.MakeGetter(input, output, out var dispose);
            _dispose += dispose;
        }
    }

    public bool IsActive(DataViewSchema.Column column) => ActiveColumns.IsActive(_active, column);

    /// <summary>Of a single row every input column is active that the row below has active, asked for or not.</summary>
    public bool IsActiveInRow(DataViewSchema.Column column) =>
        _mapper.Map.Bindings.IsInput(column.Index, out int index) ? _input.IsColumnActive(_mapper.InputSchema[index]) : IsActive(column);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.CheckActive(_active, column);
        return GetAny<TValue>(column);
    }

    public ValueGetter<TValue> GetAny<TValue>(DataViewSchema.Column column)
    {
        if (_mapper.Map.Bindings.IsInput(column.Index, out int index)) return _input.GetGetter<TValue>(_mapper.InputSchema[index]);
        return Getters.Cast<TValue>(_getters[index]);
    }

    public void Dispose()
    {
        _dispose?.Invoke();
        _dispose = null;
    }
}

internal sealed class MappedRow(DataViewRow input, RowMapper mapper, bool[] active) : DataViewRow
{
    private readonly MappedGetters _getters = new(input, mapper, active);

    public override DataViewSchema Schema => mapper.OutputSchema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActiveInRow(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.IsActiveInRow(column)
        ? _getters.GetAny<TValue>(column)
        : throw new ArgumentOutOfRangeException(nameof(column), "requested column not active");

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _getters.Dispose();
        input.Dispose();
    }
}

internal sealed class MappedCursor(DataViewRowCursor input, RowMapper mapper, bool[] active) : DataViewRowCursor
{
    private readonly MappedGetters _getters = new(input, mapper, active);

    public override DataViewSchema Schema => mapper.OutputSchema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override bool MoveNext() => input.MoveNext();
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _getters.Dispose();
        input.Dispose();
    }
}
