using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Scoring;

/// <summary>
/// Reads as many rows as the network takes in one pass, keeping the other active columns' values, and scores them together
/// when a getter first asks; meanwhile another thread reads the next batch. The source is read once and by one cursor, never
/// by two threads at a time, so that columns cannot come apart, whatever the source is.
/// </summary>
internal sealed class BatchCursor : DataViewRowCursor
{
    private readonly IDataView _view;
    private readonly DataViewRowCursor _source;
    private readonly ScoredSchema _schema;
    private readonly ActiveColumns _active;
    private readonly ImageScorer _scorer;
    private readonly PixelReader _reader;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private readonly BufferedScalar<DataViewRowId> _ids;
    private readonly (long Position, long Batch)[] _places;
    private readonly bool[] _unreadable;
    private readonly float[][] _values;
    private readonly int _size;
    private float[] _pixels = [];

    // Every buffer has two halves: the rows that are given out are in one, from slot _first on, and the next ones are read
    // into the other.
    private int _first;
    private int _rows;
    private int _slot = -1;
    private bool _scored;
    private bool _ended;
    private Task<int>? _next;

    public BatchCursor(
        IDataView view, DataViewRowCursor source, ScoredSchema schema, IReadOnlyCollection<DataViewSchema.Column> active, ImageScorer scorer)
    {
        (_view, _source, _schema, _scorer, _size, _first) = (view, source, schema, scorer, scorer.BatchSize, scorer.BatchSize);
        _active = new(schema.Output, active);
        _reader = schema.Pixels.Reader(source);
        _columns = Passing(schema, active).DistinctBy(column => column.Index).ToDictionary(
            column => column.Index,
            column => ItemType.Find(column.Type)!.Buffer(source, column, 2 * _size));
        _ids = new(source.GetIdGetter(), 2 * _size);
        _places = new (long, long)[2 * _size];
        _unreadable = new bool[2 * _size];
        _values = scorer.Room(_size);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _slot < 0 ? -1 : _places[_slot].Position;

    public override long Batch => _slot < 0 ? 0 : _places[_slot].Batch;

    /// <summary>Whether every active column that passes through has values that can be kept: images cannot, they are their producer's.</summary>
    public static bool CanBuffer(ScoredSchema schema, IEnumerable<DataViewSchema.Column> active) =>
        Passing(schema, active).All(column => ItemType.Find(column.Type) is not null);

    public override bool MoveNext()
    {
        if (_slot >= 0 && _slot + 1 < _first + _rows)
        {
            _slot++;
            return true;
        }
        (_slot, _scored) = (-1, false);
        var (next, other) = (_next, _size - _first);
        _next = null;
        _rows = 0;
        _rows = next is not null ? next.GetAwaiter().GetResult() : ReadNamed(other);
        _first = other;
        if (_rows > 0) _slot = _first;
        return _rows > 0;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.Getter(Slot);

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        var getter = _columns.TryGetValue(column.Index, out var buffer) ? buffer.Getter(Slot) : _schema.ScoreGetter(column, Values);
        return ActiveColumns.As<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // What the reader in the background fell over is of no interest any more.
            if (_next is not null) Task.WaitAny(_next);
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    private static IEnumerable<DataViewSchema.Column> Passing(ScoredSchema schema, IEnumerable<DataViewSchema.Column> active) =>
        active.Where(column => column.Index < schema.Input.Count).Select(column => schema.Input[column.Index]);

    private int ReadNamed(int first) => _schema.Pixels.NamingTheRow(_view, CancellationToken.None, () => Read(first));

    /// <summary>Reads a batch into one half of the buffers and returns its number of rows.</summary>
    private int Read(int first)
    {
        var rows = 0;
        if (_ended) return rows;
        // Also after an error: to read on would leave out the batch's rows without a word.
        _ended = true;
        while (rows < _size)
        {
            if (!_source.MoveNext()) return rows;
            var slot = first + rows++;
            if (_pixels.Length == 0) _pixels = new float[2 * _size * _scorer.Shape.Size];
            _unreadable[slot] = !_reader.TryRead(out var problem);
            if (problem is null) _reader.Pixels.CopyTo(_pixels.AsSpan(slot * _scorer.Shape.Size));
            else if (!_scorer.AllowsUnreadable) throw problem;
            foreach (var column in _columns.Values) column.Fill(slot);
            _ids.Fill(slot);
            _places[slot] = (_source.Position, _source.Batch);
        }
        _ended = false;
        return rows;
    }

    private ReadOnlySpan<float> Values(int output)
    {
        var row = Slot() - _first;
        if (!_scored)
        {
            // A batch that was full may have another one after it.
            var other = _size - _first;
            if (_rows == _size) _next ??= Task.Run(() => ReadNamed(other));
            _scorer.Score(_pixels.AsMemory(_first * _scorer.Shape.Size), _rows, _values, _places[_first].Position);
            for (var i = 0; i < _rows; i++)
                for (var unread = 0; _unreadable[_first + i] && unread < _values.Length; unread++)
                    _values[unread].AsSpan(i * _scorer.Outputs[unread], _scorer.Outputs[unread]).Fill(float.NaN);
            _scored = true;
        }
        var length = _scorer.Outputs[output];
        return _values[output].AsSpan(row * length, length);
    }

    private int Slot() => _slot >= 0
        ? _slot
        : throw new InvalidOperationException("The cursor stands on no row: call MoveNext, and read values while it returns true.");
}
