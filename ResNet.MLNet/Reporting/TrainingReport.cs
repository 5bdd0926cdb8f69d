using ResNet.Core;
using ResNet.MLNet.Reporting;
using ResNet.MLNet.Reporting.Sections;

namespace ResNet.MLNet;

/// <summary>
/// A training run on one page: curves, confusion matrix, figures of each class, most confused pairs, top losses with their
/// pictures, where the network looks (Grad-CAM), calibration, and the records of the data and the run. For one label an image;
/// <see cref="MultiLabelTrainingReport"/> is for several.
/// </summary>
/// <inheritdoc cref="HtmlReport" path="/remarks"/>
public sealed record TrainingReport : HtmlReport
{
    /// <summary>What the network says of the validation images (or of other images held out).</summary>
    public required Predictions Predictions { get; init; }

    /// <summary>Where the network looks in some images. Default: none; <see cref="Heatmap.Of"/> makes them.</summary>
    public IReadOnlyList<Heatmap> Heatmaps { get; init; } = [];

    internal override int Count => Predictions.Count;

    internal override int Classes => Predictions.ClassNames.Count;

    internal override Html Figures() => SummarySection.Figures(Predictions);

    internal override IEnumerable<(string Id, string Name, Html Content)> Sections() =>
    [
        ("curves", "Training", CurvesSection.Of(Epochs)),
        ("confusion", "Confusion matrix", ConfusionSection.Of(Predictions)),
        ("classes", "Classes", ClassesSection.Of(Predictions)),
        ("losses", "Top losses", TopLossesSection.Of(this)),
        ("heatmaps", "Where it looks", HeatmapsSection.Of(this)),
        ("calibration", "Calibration", CalibrationSection.Of(Predictions)),
        ("data", "Data", DataSection.Of(Data)),
        ("run", "Run", RunSection.Of(Run)),
    ];

    internal override void Check()
    {
        base.Check();
        if (Heatmaps.FirstOrDefault(h => h.Image < 0 || h.Image >= Count) is { } stray)
            throw new InvalidOperationException($"A heatmap is of image {stray.Image}, but the predictions have the images 0 to {Count - 1}.");
    }
}
