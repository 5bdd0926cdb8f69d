using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>The figures of several labels an image that a reader looks for first.</summary>
internal static class MultiLabelSummary
{
    public static Html Figures(MultiLabelMetrics metrics) => Html.Join(
    [
        SummarySection.Figure("mAP", metrics.MeanAveragePrecision, "P1", "mean average precision of the classes", main: true),
        SummarySection.Figure("micro F1", metrics.MicroF1, "F3", "all labels of all images together"),
        SummarySection.Figure("macro F1", metrics.MacroF1, "F3", "mean F1 of the classes"),
        SummarySection.Figure("exact match", metrics.ExactMatch, "P1", "images with every label right"),
        SummarySection.Figure("Hamming loss", metrics.HammingLoss, "P1", "labels that are wrong"),
        SummarySection.Figure("log loss", metrics.LogLoss, "F3", "mean binary cross-entropy, in nats"),
    ]);
}
