using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Scoring;

/// <summary>A row with the new columns, scored by itself and only when a getter asks; the other columns pass through.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly DataViewRow _source;
    private readonly ScoredSchema _schema;
    private readonly ActiveColumns _active;
    private readonly ImageScorer _scorer;
    private readonly float[][] _values;
    private float[] _image = [];
    private PixelReader? _pixels;
    private long? _scored;

    public ScoredRow(DataViewRow source, ScoredSchema schema, IEnumerable<DataViewSchema.Column> active, ImageScorer scorer)
    {
        (_source, _schema, _scorer) = (source, schema, scorer);
        _active = new(schema.Output, active);
        _values = scorer.Room(1);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _active.Check(column);
        if (column.Index < _schema.Input.Count) return _source.GetGetter<TValue>(_schema.Input[column.Index]);
        _pixels ??= _schema.Pixels.Reader(_source);
        return ActiveColumns.As<TValue>(_schema.ScoreGetter(column, Values), column);
    }

    /// <summary>All new columns share one run of the network: rows differ in their position.</summary>
    private ReadOnlySpan<float> Values(int output)
    {
        if (_scored != _source.Position)
        {
            if (_pixels!.TryRead(out var problem))
            {
                if (_image.Length == 0) _image = new float[_pixels.Pixels.Length];
                _pixels.Pixels.CopyTo(_image);
                _scorer.Score(_image, 1, _values, _source.Position);
            }
            else if (!_scorer.AllowsUnreadable) throw problem;
            else foreach (var values in _values) Array.Fill(values, float.NaN);
            _scored = _source.Position;
        }
        return _values[output];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }
}
