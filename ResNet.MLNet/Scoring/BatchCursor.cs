using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Scoring;

/// <summary>
/// Reads ahead as many rows as the network takes in one pass, keeping the other active columns' values, and scores
/// them together when a getter first asks. The source is read once and by one cursor, so that columns cannot come
/// apart, whatever the source is.
/// </summary>
internal sealed class BatchCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly ScoredSchema _schema;
    private readonly ActiveColumns _active;
    private readonly ImageScorer _scorer;
    private readonly PixelReader _reader;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private readonly BufferedScalar<DataViewRowId> _ids;
    private readonly (long Position, long Batch)[] _places;
    private readonly float[] _scores;
    private float[] _pixels = [];
    private int _rows;
    private int _slot = -1;
    private bool _scored;
    private bool _ended;

    public BatchCursor(DataViewRowCursor source, ScoredSchema schema, IReadOnlyCollection<DataViewSchema.Column> active, ImageScorer scorer)
    {
        (_source, _schema, _scorer) = (source, schema, scorer);
        _active = new(schema.Output, active);
        _reader = schema.Pixels.Reader(source);
        _columns = Passing(schema, active).DistinctBy(column => column.Index).ToDictionary(
            column => column.Index,
            column => ItemType.Find(column.Type)!.Buffer(source, column, scorer.BatchSize));
        _ids = new(source.GetIdGetter(), scorer.BatchSize);
        _places = new (long, long)[scorer.BatchSize];
        _scores = new float[scorer.BatchSize * scorer.Classes];
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _slot < 0 ? -1 : _places[_slot].Position;

    public override long Batch => _slot < 0 ? 0 : _places[_slot].Batch;

    /// <summary>Whether every active column that passes through has values that can be kept: images cannot, they are their producer's.</summary>
    public static bool CanBuffer(ScoredSchema schema, IEnumerable<DataViewSchema.Column> active) =>
        Passing(schema, active).All(column => ItemType.Find(column.Type) is not null);

    public override bool MoveNext()
    {
        if (_slot + 1 < _rows)
        {
            _slot++;
            return true;
        }
        _rows = 0;
        if (!_ended) ReadAhead();
        _slot = _rows > 0 ? 0 : -1;
        return _rows > 0;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.Getter(Slot);

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        var getter = _columns.TryGetValue(column.Index, out var buffer) ? buffer.Getter(Slot) : _schema.ScoreGetter(column, Scores);
        return ActiveColumns.As<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }

    private static IEnumerable<DataViewSchema.Column> Passing(ScoredSchema schema, IEnumerable<DataViewSchema.Column> active) =>
        active.Where(column => column.Index < schema.Input.Count).Select(column => schema.Input[column.Index]);

    private void ReadAhead()
    {
        (_slot, _scored) = (-1, false);
        while (_rows < _scorer.BatchSize)
        {
            if (!_source.MoveNext())
            {
                _ended = true;
                return;
            }
            var image = _reader.Read();
            if (_pixels.Length == 0) _pixels = new float[image.Length * _scorer.BatchSize];
            image.CopyTo(_pixels.AsSpan(_rows * image.Length));
            foreach (var column in _columns.Values) column.Fill(_rows);
            _ids.Fill(_rows);
            _places[_rows++] = (_source.Position, _source.Batch);
        }
    }

    private ReadOnlySpan<float> Scores()
    {
        var row = Slot();
        if (!_scored)
        {
            _scorer.Score(_pixels.AsSpan(0, _rows * _scorer.Shape.Size), _rows, _scores, _places[0].Position);
            _scored = true;
        }
        return _scores.AsSpan(row * _scorer.Classes, _scorer.Classes);
    }

    private int Slot() => _slot >= 0
        ? _slot
        : throw new InvalidOperationException("The cursor stands on no row: call MoveNext, and read values while it returns true.");
}
