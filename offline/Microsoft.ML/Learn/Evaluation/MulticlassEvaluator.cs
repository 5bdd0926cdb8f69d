using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads labels and scores off a scored view, once, and counts.</summary>
internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, string predictedLabelName, int topK)
    {
        var label = Find(data.Schema, labelName, "Label");
        var score = Find(data.Schema, scoreName, "Score");
        // The predicted label must exist but is never read: the best score decides.
        Find(data.Schema, predictedLabelName, "PredictedLabel");
        int classes = CheckScore(score);
        CheckLabel(label);

        var counts = new MulticlassCounts(classes);
        using (var cursor = data.GetRowCursor([label, score])) Count(cursor, label, score, counts, classes);
        return new MulticlassClassificationMetrics(counts, ClassNames(score, classes), topK);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw Errors.Param(nameof(schema), $"{name} column '{role}' not found");

    private static int CheckScore(DataViewSchema.Column score) =>
        score.Type is VectorDataViewType { Size: >= 2 } vector && vector.ItemType == NumberDataViewType.Single
            ? vector.Size
            : throw Errors.WrongColumn("score", score.Name, "vector of two or more items of type Single", score.Type.ToString(), "schema");

    private static void CheckLabel(DataViewSchema.Column label)
    {
        if (label.Type != NumberDataViewType.Single && label.Type is not KeyDataViewType)
            throw Errors.WrongColumn("label", label.Name, "Single or Key", label.Type.ToString(), "schema");
    }

    private static void Count(DataViewRowCursor cursor, DataViewSchema.Column label, DataViewSchema.Column score, MulticlassCounts counts, int classes)
    {
        var getLabel = LabelGetter.Of(cursor, label);
        var getScores = cursor.GetGetter<VBuffer<float>>(score);
        float value = 0;
        VBuffer<float> buffer = default;
        var scores = new float[classes];
        while (cursor.MoveNext())
        {
            getLabel(ref value);
            // Missing labels, and those that are no class number, count nowhere.
            if (!(value >= 0) || value != (int)value) continue;
            getScores(ref buffer);
            Check.That(buffer.Length == classes);
            buffer.CopyTo(scores);
            if (Array.TrueForAll(scores, float.IsFinite)) counts.Add((int)value, scores);
        }
    }

    private static string[] ClassNames(DataViewSchema.Column score, int classes)
    {
        if (!score.HasSlotNames()) return [.. Enumerable.Range(0, classes).Select(i => i.ToString())];
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
