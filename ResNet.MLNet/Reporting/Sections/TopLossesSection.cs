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

    /// <summary>An image's card.</summary>
    /// <param name="report">The report, for the image's file.</param>
    /// <param name="image">Its place in the predictions.</param>
    /// <param name="isWrong">Whether anything said of it is wrong.</param>
    /// <param name="labels">What it has.</param>
    /// <param name="description">What a screen reader says.</param>
    /// <param name="said">What is said of it.</param>
    public static Html Card(HtmlReport report, int image, bool isWrong, string labels, string description, Html said)
    {
        var path = report.ImagePaths.Count > 0 ? report.ImagePaths[image] : null;
        return Html.Of($"""
            <figure class="card {(isWrong ? "wrong" : "unsure")}">
            {(path is null ? Html.None : Pictures.Thumbnail(path, description))}
            <figcaption><b>{labels}</b>{said}
            <span class="path" title="{path ?? $"image {image}"}">{(path is null ? $"image {image}" : Path.GetFileName(path))}</span></figcaption>
            </figure>
            """);
    }

    /// <summary>What is said of an image that is right.</summary>
    /// <param name="probability">What is given to the truth.</param>
    public static Html Right(double probability) => Html.Of($"<span>right, {(probability < Sure ? "but unsure" : "and sure")}</span>");

    private static Html Card(TrainingReport report, TopLoss top)
    {
        var names = report.Predictions.ClassNames;
        var wrong = top.Label != top.Predicted;
        return Card(report, top.Image, wrong, names[top.Label], $"a picture of the class {names[top.Label]}", Html.Of($"""
            {(wrong ? Html.Of($"<span>taken for <b>{names[top.Predicted]}</b> ({top.Confidence:P0})</span>") : Right(top.Probability))}
            <span class="note">p(true) {top.Probability:P1} · loss {top.Loss:F2}</span>
            """));
    }
}
