using ResNet.Core;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>
/// A trained residual network for images that may have several classes, as an ML.NET model. It adds three columns: <c>Score</c>, the probability
/// of each class by itself (Vector&lt;Single, number of classes&gt; with the classes' names as SlotNames; they do not add up to 1);
/// <c>PredictedLabel</c>, whether it is at least the class's threshold (Vector&lt;Boolean, number of classes&gt; with SlotNames); and
/// <c>PredictedLabels</c>, the names of those classes (Vector&lt;Text&gt; of as many as there are). A saved model.zip has the same three.
/// </summary>
/// <inheritdoc cref="ResNetTransformer" path="/remarks"/>
public sealed class ResNetMultiLabelTransformer : ResNetTransformer
{
    internal ResNetMultiLabelTransformer(TrainedNetwork trained, ScoringOptions scoring)
        : this(trained, scoring, trained.Thresholds ?? [.. Enumerable.Repeat(0.5f, trained.Label.Names.Count)])
    {
    }

    private ResNetMultiLabelTransformer(TrainedNetwork trained, ScoringOptions scoring, IReadOnlyList<float> thresholds)
        : base(trained, scoring, Added(trained.Columns.Score, trained.Columns.PredictedLabel, trained.Columns.PredictedLabels!, trained.Label.Names, thresholds)) =>
        Thresholds = [.. thresholds];

    /// <summary>From which probability on an image has each class, in the order of <see cref="ResNetTransformer.LabelNames"/>.</summary>
    public IReadOnlyList<float> Thresholds { get; }

    internal static IReadOnlyList<OutputColumn> Added(
        string score, string predictedLabel, string predictedLabels, IReadOnlyList<string> labels, IReadOnlyList<float> thresholds) =>
    [
        OutputColumns.Scores(score, labels),
        OutputColumns.AtLeast(predictedLabel, labels, thresholds),
        OutputColumns.NamesAtLeast(predictedLabels, labels, thresholds),
    ];
}
