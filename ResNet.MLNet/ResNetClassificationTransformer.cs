using Microsoft.ML;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>
/// A trained residual network as an ML.NET model. It adds two columns: <c>Score</c>, the classes' probabilities
/// (Vector&lt;Single, number of classes&gt;, summing to 1, with the labels as SlotNames), and <c>PredictedLabel</c>, a key
/// with the training label's values in the training label's order (MapKeyToValue gives the value).
/// </summary>
/// <inheritdoc cref="ResNetTransformer" path="/remarks"/>
public sealed class ResNetClassificationTransformer : ResNetTransformer
{
    internal ResNetClassificationTransformer(TrainedNetwork trained, ScoringOptions scoring)
        : base(trained, scoring, Added(trained.Columns.Score, trained.Columns.PredictedLabel, trained.Label.Names, trained.Label.KeyValues))
    {
    }

    internal static IReadOnlyList<OutputColumn> Added(
        string score, string predictedLabel, IReadOnlyList<string> labels, DataViewSchema.Annotations keyValues) =>
        [OutputColumns.Scores(score, labels), OutputColumns.Highest(predictedLabel, labels.Count, keyValues)];
}
