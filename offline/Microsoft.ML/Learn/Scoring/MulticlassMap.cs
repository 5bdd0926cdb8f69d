namespace Microsoft.ML.Data;

/// <summary>The rows of a multiclass model: PredictedLabel is the class of the best score. A row is scored once for both columns.</summary>
internal sealed class MulticlassMap : RowMap
{
    private const int Label = 0;

    private readonly DataViewSchema.Column _features;
    private readonly IClassScorer _model;
    private readonly DataViewSchema.Annotations _label;
    private readonly RowShared<Scores> _scores;

    /// <param name="label">The annotations of the column that the model learnt to predict.</param>
    public MulticlassMap(DataViewSchema schema, DataViewSchema.Column features, IClassScorer model, DataViewSchema.Annotations label) : base(schema)
    {
        (_features, _model, _label) = (features, model, label);
        _scores = new(row => new Scores(row, features, model));
    }

    public override DataViewSchema.DetachedColumn[] GetOutputColumns()
    {
        int classes = _model.ClassCount;
        uint set = ScoreColumnSets.Next(InputSchema);
        var values = _label.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is { Type: VectorDataViewType vector } note && vector.Size == classes ? note : (DataViewSchema.Column?)null;
        var predicted = new DataViewSchema.Annotations.Builder();
        var score = new DataViewSchema.Annotations.Builder();
        if (values is { } keys)
        {
            CopyValues(predicted, AnnotationKinds.KeyValues, keys);
            CopyValues(score, AnnotationKinds.TrainingLabelValues, keys);
            if (keys.Type.ItemType() is TextDataViewType) CopyValues(score, AnnotationKinds.SlotNames, keys);
        }
        ScoreColumnSets.Annotate(predicted, set, "PredictedLabel");
        ScoreColumnSets.Annotate(score, set, "Score");
        return
        [
            new("PredictedLabel", new KeyDataViewType(typeof(uint), classes), predicted.ToAnnotations()),
            new("Score", new VectorDataViewType(NumberDataViewType.Single, classes), score.ToAnnotations()),
        ];
    }

    public override IEnumerable<int> GetDependencies(int output) => [_features.Index];

    public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
    {
        dispose = null;
        var scores = _scores.Of(input);
        if (output == Label) return (ValueGetter<uint>)((ref uint key) => key = (uint)(Best(scores.Current()) + 1));
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, _model.ClassCount);
            scores.Current().CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private void CopyValues(DataViewSchema.Annotations.Builder to, string kind, DataViewSchema.Column values) =>
        to.Add(kind, values.Type, Generic.Invoke<Delegate>(Getter<int>, values.Type.RawType, values));

    private Delegate Getter<T>(DataViewSchema.Column values) => _label.GetGetter<T>(values);

    /// <summary>The first of the highest scores; -1, which becomes the missing key, where every score is NaN.</summary>
    private static int Best(float[] scores)
    {
        int best = -1;
        for (int i = 0; i < scores.Length; i++)
            if (!float.IsNaN(scores[i]) && (best < 0 || scores[i] > scores[best])) best = i;
        return best;
    }

    /// <summary>The scores of the row under a cursor.</summary>
    private sealed class Scores(DataViewRow row, DataViewSchema.Column features, IClassScorer model)
    {
        private readonly ValueGetter<VBuffer<float>> _features = row.GetGetter<VBuffer<float>>(features);
        private readonly float[] _values = new float[model.ClassCount];
        private VBuffer<float> _buffer;
        private long _position = -1;

        public float[] Current()
        {
            if (_position == row.Position) return _values;
            _features(ref _buffer);
            model.Score(_buffer, _values);
            _position = row.Position;
            return _values;
        }
    }
}
