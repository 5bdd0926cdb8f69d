namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Grad-CAM overlays beside the pictures that the network got.</summary>
internal static class HeatmapsSection
{
    public static Html Of(TrainingReport report) => report.Heatmaps.Count == 0 ? Html.None : Html.Of($"""
        <p>What speaks for the predicted class, by Grad-CAM: bright counts, dark does not. A bright background says that the network learnt the surroundings.</p>
        <div class="cards">{report.Heatmaps.Select(h => Card(report, h))}</div>
        """);

    private static Html Card(TrainingReport report, Heatmap heatmap)
    {
        var predictions = report.Predictions;
        var (label, named) = (predictions.ClassNames[predictions.Labels[heatmap.Image]], predictions.ClassNames[heatmap.Class]);
        var right = predictions.Labels[heatmap.Image] == heatmap.Class;
        return Html.Of($"""
            <figure class="card heatmap {(right ? "right" : "wrong")}">
            <div class="two">{Pictures.Plain(heatmap, $"a picture of the class {label}, as the network gets it")}{Pictures.Overlay(heatmap, $"where the network sees {named} in it")}</div>
            <figcaption><b>{named}</b> <span>({predictions.Of(heatmap.Image)[heatmap.Class]:P0}), {(right ? "right" : $"but it is {label}")}</span></figcaption>
            </figure>
            """);
    }
}
