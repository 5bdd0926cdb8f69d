using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The shapes of the columns that a multiclass model adds.</summary>
internal static class MulticlassColumns
{
    public static SchemaShape.Column[] Of(SchemaShape.Column label)
    {
        var predicted = new List<SchemaShape.Column>();
        var score = new List<SchemaShape.Column>();
        if (label.HasKeyValues)
        {
            label.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values);
            predicted.Add(values);
            score.Add(values.Renamed(AnnotationKinds.TrainingLabelValues));
            if (values.ItemType is TextDataViewType) score.Add(values.Renamed(AnnotationKinds.SlotNames));
        }
        predicted.AddRange(ScoreColumnSets.Shapes);
        score.AddRange(ScoreColumnSets.Shapes);
        return
        [
            new("Score", SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape(score)),
            new("PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape(predicted)),
        ];
    }
}
