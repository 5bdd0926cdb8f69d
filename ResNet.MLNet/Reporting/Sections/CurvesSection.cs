using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Loss and accuracy over the epochs, and the same as a table; or mean average precision, where that says more.</summary>
internal static class CurvesSection
{
    /// <param name="epochs">The epochs; without any there is no section.</param>
    /// <param name="several">Whether images have several labels: mean average precision takes the place of accuracy where it was measured.</param>
    public static Html Of(IReadOnlyList<EpochMetrics> epochs, bool several = false)
    {
        if (epochs.Count == 0)
            return Html.None;
        var validated = epochs.Any(e => e.ValidationLoss is not null);
        var ranked = several && epochs.Any(e => e.ValidationMeanAveragePrecision is not null);
        return Html.Of($"""
            <div class="legend"><span class="key train">training</span>{(validated ? Html.Of($"""<span class="key validation">validation</span>""") : Html.None)}</div>
            <div class="pair">
            <figure><figcaption>Loss</figcaption>{Curves("Loss over the epochs", epochs, e => e.TrainLoss, e => e.ValidationLoss, percent: false)}</figure>
            {(ranked
                ? Html.Of($"""<figure><figcaption>Mean average precision of the validation images</figcaption>{Curves("Mean average precision over the epochs", epochs, _ => null, e => e.ValidationMeanAveragePrecision, percent: true)}</figure>""")
                : Html.Of($"""<figure><figcaption>Accuracy</figcaption>{Curves("Accuracy over the epochs", epochs, e => e.TrainAccuracy, e => e.ValidationAccuracy, percent: true)}</figure>"""))}
            </div>
            <details><summary>All epochs as a table</summary><div class="scroll" tabindex="0"><table class="numbers">
            <thead><tr><th>epoch</th><th>training loss</th><th>training accuracy</th><th>validation loss</th><th>validation accuracy</th>{(ranked ? Html.Of($"<th>validation mAP</th>") : Html.None)}<th>learning rate</th><th>images/s</th></tr></thead>
            <tbody>{epochs.Select(e => Html.Of($"<tr><td>{e.Epoch}</td><td>{e.TrainLoss:F4}</td><td>{e.TrainAccuracy:P2}</td><td>{Text(e.ValidationLoss, "F4")}</td><td>{Text(e.ValidationAccuracy, "P2")}</td>{(ranked ? Html.Of($"<td>{Text(e.ValidationMeanAveragePrecision, "P2")}</td>") : Html.None)}<td>{e.LearningRate:G3}</td><td>{e.ImagesPerSecond:F0}</td></tr>"))}</tbody>
            </table></div></details>
            """);
    }

    private static Html Curves(string description, IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double?> train, Func<EpochMetrics, double?> validation, bool percent)
    {
        var (first, second) = (Points(epochs, train), Points(epochs, validation));
        var values = first.Concat(second).Select(p => p.Y).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        // Accuracies over ten points at least: less would show noise as if it were a trend.
        var low = percent ? Math.Max(0, Math.Min(values.Min(), values.Max() - 0.1)) : 0;
        var ticks = Chart.Ticks(low, percent ? Math.Max(values.Max(), low + 0.1) : values.Max());
        if (percent)
            ticks = [.. ticks.Where(t => t <= 1 + 1e-9)];
        var (from, to) = (epochs[0].Epoch, epochs[^1].Epoch);
        // A single epoch stands in the middle.
        var chart = from == to ? new Chart(from - 1, to + 1, ticks[0], Math.Max(ticks[^1], values.Max())) : new Chart(from, to, ticks[0], Math.Max(ticks[^1], values.Max()));
        var ticksX = from == to ? [from] : Chart.Ticks(from, to, 8).Where(t => t >= from && t <= to && t == Math.Floor(t)).ToArray();
        return chart.Svg(description, "epoch", ticksX, ticks, "0", percent ? "0 %" : "0.####", Html.Join(
        [
            chart.Line("train", "training", first, percent ? "P2" : "F4"),
            chart.Line("validation", "validation", second, percent ? "P2" : "F4"),
        ]));
    }

    private static (double X, double Y)[] Points(IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double?> value) =>
        [.. epochs.Where(e => value(e) is not null).Select(e => ((double)e.Epoch, value(e)!.Value))];

    private static string Text(double? value, string format) => value?.In(format) ?? "–";
}
