using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>The images with the largest losses, with their pictures.</summary>
internal static class TopLossesSection
{
    private const double Sure = 0.9;

    public static Html Of(TrainingReport report)
    {
        var top = report.Predictions.TopLosses(report.TopLosses);
        return top.Count == 0 ? Html.None : Html.Of($"""
            <p>The images that the network is most wrong or least sure about. Mislabelled and unusable pictures tend to gather here.</p>
            <div class="cards">{top.Select(t => Card(report, t))}</div>
            """);
    }

    private static Html Card(TrainingReport report, TopLoss top)
    {
        var names = report.Predictions.ClassNames;
        var path = report.ImagePaths.Count > 0 ? report.ImagePaths[top.Image] : null;
        var wrong = top.Label != top.Predicted;
        return Html.Of($"""
            <figure class="card {(wrong ? "wrong" : "unsure")}">
            {(path is null ? Html.None : Pictures.Thumbnail(path, $"a picture of the class {names[top.Label]}"))}
            <figcaption><b>{names[top.Label]}</b>{(wrong ? Html.Of($"<span>taken for <b>{names[top.Predicted]}</b> ({top.Confidence:P0})</span>") : Html.Of($"<span>right, {(top.Probability < Sure ? "but unsure" : "and sure")}</span>"))}
            <span class="note">p(true) {top.Probability:P1} · loss {top.Loss:F2}</span>
            <span class="path" title="{path ?? $"image {top.Image}"}">{(path is null ? $"image {top.Image}" : Path.GetFileName(path))}</span></figcaption>
            </figure>
            """);
    }
}
