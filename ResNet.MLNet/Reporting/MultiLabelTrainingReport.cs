using ResNet.Core;
using ResNet.MLNet.Reporting;
using ResNet.MLNet.Reporting.Sections;

namespace ResNet.MLNet;

/// <summary>
/// A training run with several labels an image on one page: curves, mean average precision, F1 and the like, figures and threshold of each
/// class, the images with the largest losses with their pictures, and the records of the data and the run.
/// </summary>
/// <inheritdoc cref="HtmlReport" path="/remarks"/>
public sealed record MultiLabelTrainingReport : HtmlReport
{
    /// <summary>What the network says of images that it was not trained on, such as <see cref="ScoredLabelImages.Read"/> gives.</summary>
    public required MultiLabelPredictions Predictions { get; init; }

    /// <summary>From which probability on an image has each class, in the order of the predictions' classes
    /// (<see cref="ResNetMultiLabelTransformer.Thresholds"/>). Empty (default): they are left out.</summary>
    public IReadOnlyList<float> Thresholds { get; init; } = [];

    /// <summary>How they were chosen (<see cref="ResNetMultiLabelTrainer.Options.ThresholdSelection"/>). null (default): that is not said.</summary>
    public ThresholdSelection? ThresholdSelection { get; init; }

    internal override int Count => Predictions.Count;

    internal override int Classes => Predictions.ClassNames.Count;

    internal override Html Figures() => MultiLabelSummary.Figures(Predictions.Metrics);

    internal override IEnumerable<(string Id, string Name, Html Content)> Sections() =>
    [
        ("curves", "Training", CurvesSection.Of(Epochs, several: true)),
        ("classes", "Classes", MultiLabelClassesSection.Of(this)),
        ("losses", "Top losses", MultiLabelTopLossesSection.Of(this)),
        ("data", "Data", DataSection.Of(Data)),
        ("run", "Run", RunSection.Of(Run)),
    ];

    internal override void Check()
    {
        base.Check();
        if (Thresholds.Count != 0 && Thresholds.Count != Classes)
            throw new InvalidOperationException($"{nameof(Thresholds)} must have one for each class, in their order, but there are {Classes} classes and {Thresholds.Count} thresholds.");
    }
}
