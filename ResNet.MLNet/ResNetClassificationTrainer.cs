using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>
/// Trains a network to classify images, from random or from published weights; an ML.NET estimator.
/// Made by <c>ml.MulticlassClassification.Trainers.ResNetClassification(…)</c>. The label column is a key with a known count, as
/// MapValueToKey makes it. Rows without a label are an error that says how many there are.
/// </summary>
/// <inheritdoc cref="ResNetTrainer{TTransformer}" path="/remarks"/>
/// <param name="options">The options; later changes to the object do not reach the trainer.</param>
public sealed class ResNetClassificationTrainer(ResNetClassificationTrainer.Options options) : ResNetTrainer<ResNetClassificationTransformer>(options)
{
    private protected override LabelColumn Label(DataViewSchema schema) => KeyLabelColumn.Of(schema, Settings.LabelColumnName);

    private protected override IEnumerable<OutputColumn> OutputShape(SchemaShape.Column label)
    {
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw new ArgumentException(KeyLabelColumn.NotAKey(label.Name, $"{label.Kind} of {label.ItemType}", label.Kind != SchemaShape.Column.VectorKind.Scalar));
        var keyValues = new DataViewSchema.Annotations.Builder();
        foreach (var values in label.Annotations.Where(column => column.Name == OutputColumns.KeyValues))
            ItemType.Find(values.ItemType)?.AddEmptyKeyValues(keyValues, (PrimitiveDataViewType)values.ItemType);
        return ResNetClassificationTransformer.Added(Settings.ScoreColumnName, Settings.PredictedLabelColumnName, ["0", "1"], keyValues.ToAnnotations());
    }

    private protected override ResNetClassificationTransformer Model(TrainedNetwork trained, TrainingLog log) => new(trained, Settings.Scoring);

    /// <inheritdoc/>
    public sealed class Options : ResNetTrainerOptions;
}
