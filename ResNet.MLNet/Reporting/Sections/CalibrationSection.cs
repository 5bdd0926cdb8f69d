using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>The reliability diagram (Guo et al. 2017, figure 1) and how the confidences are spread.</summary>
internal static class CalibrationSection
{
    private static readonly double[] Shares = [0, 0.2, 0.4, 0.6, 0.8, 1];

    public static Html Of(Predictions predictions)
    {
        var calibration = predictions.Calibration();
        var confidence = Enumerable.Range(0, predictions.Count).Average(i => (double)predictions.Confidence(i));
        var lean = confidence - predictions.Accuracy;
        return Html.Of($"""
            <p>Mean confidence {confidence:P1}, accuracy {predictions.Accuracy:P1}: {(Math.Abs(lean) < 0.02 ? "on the whole about as sure as it should be" : lean > 0 ? "surer than it should be" : "less sure than it could be")}.
            Expected calibration error {calibration.ExpectedError:P1}, largest gap {calibration.MaximumError:P1}.</p>
            <div class="legend"><span class="key box">accuracy</span><span class="key box gap">gap to confidence</span></div>
            <div class="pair">
            <figure><figcaption>Accuracy at each confidence; perfect on the diagonal</figcaption>{Reliability(calibration)}</figure>
            <figure><figcaption>Images at each confidence</figcaption>{Spread(calibration)}</figure>
            </div>
            """);
    }

    private static Html Reliability(Calibration calibration)
    {
        var chart = new Chart(0, 1, 0, 1);
        return chart.Svg("Reliability diagram", "confidence", Shares, Shares, "0 %", "0 %", Html.Of($"""
            {calibration.Bins.Where(bin => bin.Count > 0).Select(bin => Html.Of($"""
                <g><title>confidence {bin.From:P0} to {bin.To:P0}: {bin.Count} images, accuracy {bin.Accuracy:P1}, mean confidence {bin.Confidence:P1}</title>
                {Box(chart, "bar", bin, 0, bin.Accuracy)}{Box(chart, "gap", bin, Math.Min(bin.Accuracy, bin.Confidence), Math.Max(bin.Accuracy, bin.Confidence))}</g>
                """))}
            <line class="diagonal" x1="{chart.X(0):F1}" y1="{chart.Y(0):F1}" x2="{chart.X(1):F1}" y2="{chart.Y(1):F1}"/>
            """));
    }

    private static Html Spread(Calibration calibration)
    {
        var ticks = Chart.Ticks(0, calibration.Bins.Max(bin => bin.Count), 4).Where(t => t == Math.Floor(t)).ToArray();
        var chart = new Chart(0, 1, 0, Math.Max(ticks[^1], calibration.Bins.Max(bin => bin.Count)));
        return chart.Svg("Number of images at each confidence", "confidence", Shares, ticks, "0 %", "0", Html.Join(calibration.Bins.Where(bin => bin.Count > 0)
            .Select(bin => Html.Of($"<g><title>confidence {bin.From:P0} to {bin.To:P0}: {bin.Count} images</title>{Box(chart, "bar", bin, 0, bin.Count)}</g>"))));
    }

    private static Html Box(Chart chart, string kind, CalibrationBin bin, double from, double to) =>
        Html.Of($"""<rect class="{kind}" x="{chart.X(bin.From) + 1:F1}" width="{chart.X(bin.To) - chart.X(bin.From) - 2:F1}" y="{chart.Y(to):F1}" height="{chart.Y(from) - chart.Y(to):F1}"/>""");
}
