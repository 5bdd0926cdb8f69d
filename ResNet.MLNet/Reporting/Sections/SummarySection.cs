using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Heading, the figures that a reader looks for first, and the data's warnings.</summary>
internal static class SummarySection
{
    public static Html Of(HtmlReport report)
    {
        var warnings = report.Data?.Warnings ?? [];
        return Html.Of($"""
            <header>
            <h1>{report.Title}</h1>
            <p class="subtitle">{Subtitle(report)}</p>
            <div class="figures">
            {report.Figures()}
            </div>
            {(warnings.Count == 0 ? Html.None : Html.Of($"""<aside class="warnings" aria-label="Warnings"><h2>Look at the data</h2><ul>{warnings.Select(w => Html.Of($"<li>{w}</li>"))}</ul></aside>"""))}
            </header>
            """);
    }

    /// <summary>Those of one label an image.</summary>
    public static Html Figures(Predictions predictions)
    {
        var matrix = predictions.ConfusionMatrix();
        var (low, high) = Wilson(predictions.Accuracy, predictions.Count);
        var k = predictions.ClassNames.Count > 5 ? 5 : predictions.ClassNames.Count > 2 ? 2 : 0;
        return Html.Of($"""
            {Figure("accuracy", predictions.Accuracy, "P1", $"95 % interval {low.In("P1")} to {high.In("P1")}", main: true)}
            {Figure("balanced accuracy", matrix.BalancedAccuracy, "P1", "mean recall of the classes")}
            {Figure("macro F1", matrix.MacroF1, "F3", "mean F1 of the classes")}
            {(k > 0 ? Figure($"top-{k} accuracy", predictions.TopKAccuracy(k), "P1", $"the true class is among {k}") : Html.None)}
            {Figure("log loss", predictions.LogLoss, "F3", "mean cross-entropy, in nats")}
            {Figure("calibration error", predictions.Calibration().ExpectedError, "P1", "ECE, 15 bins")}
            """);
    }

    /// <summary>One figure, with its name and what it means; a dash where there is none.</summary>
    public static Html Figure(string name, double? value, string format, string note, bool main = false) => Html.Of($"""
        <div class="figure{(main ? " main" : "")}"><span class="name">{name}</span><strong>{value?.In(format) ?? "–"}</strong><span class="note">{note}</span></div>
        """);

    private static string Subtitle(HtmlReport report) => string.Join(" · ", new[]
    {
        report.Run?.Network,
        $"{report.Count.In("N0")} images held out, {report.Classes} classes",
        report.Run?.Started?.In("yyyy-MM-dd HH:mm"),
        report.Run?.Cancelled == true ? "cancelled before its end" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The 95 % score interval of a share (Wilson 1927).</summary>
    internal static (double Low, double High) Wilson(double share, int count)
    {
        const double z = 1.959964;
        var middle = (share + z * z / (2 * count)) / (1 + z * z / count);
        var half = z / (1 + z * z / count) * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
