using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>The usable rows of a training set, in memory: those with a label, finite features and a positive weight.</summary>
internal sealed class TrainingRows
{
    private readonly List<(VBuffer<float> Features, int Label, float Weight)> _rows = [];

    private TrainingRows() { }

    public IReadOnlyList<(VBuffer<float> Features, int Label, float Weight)> Rows => _rows;

    public long Skipped { get; private set; }

    public static TrainingRows Read(IDataView data, string featureName, string labelName, string weightName)
    {
        var (features, label) = (data.Schema[featureName], data.Schema[labelName]);
        var weight = weightName == null ? null : data.Schema.GetColumnOrNull(weightName);
        var result = new TrainingRows();
        using var cursor = data.GetRowCursor(weight is { } active ? [features, label, active] : [features, label]);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        var getLabel = LabelGetter.Of(cursor, label);
        var getWeight = weight is { } column ? cursor.GetGetter<float>(column) : (ref float value) => value = 1;
        while (cursor.MoveNext()) result.Add(getFeatures, getLabel, getWeight);
        return result;
    }

    private void Add(ValueGetter<VBuffer<float>> getFeatures, ValueGetter<float> getLabel, ValueGetter<float> getWeight)
    {
        VBuffer<float> features = default;
        float label = 0, weight = 0;
        getFeatures(ref features);
        getLabel(ref label);
        getWeight(ref weight);
        bool usable = float.IsFinite(label) && weight > 0 && float.IsFinite(weight) && AllFinite(features.GetValues());
        if (usable) _rows.Add((features, (int)label, weight));
        else Skipped++;
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value)) return false;
        return true;
    }
}
