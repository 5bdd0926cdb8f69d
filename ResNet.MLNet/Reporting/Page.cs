using System.Reflection;
using ResNet.Core;
using ResNet.MLNet.Reporting.Sections;

namespace ResNet.MLNet.Reporting;

/// <summary>The whole page: head, style, sections.</summary>
internal static class Page
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ResNet.MLNet.Reporting.report.css")!;
        return new StreamReader(stream).ReadToEnd();
    });

    public static Html Of(TrainingReport report)
    {
        Check(report);
        (string Id, string Name, Html Content)[] sections =
        [
            ("curves", "Training", CurvesSection.Of(report)),
            ("confusion", "Confusion matrix", ConfusionSection.Of(report.Predictions)),
            ("classes", "Classes", ClassesSection.Of(report.Predictions)),
            ("losses", "Top losses", TopLossesSection.Of(report)),
            ("heatmaps", "Where it looks", HeatmapsSection.Of(report)),
            ("calibration", "Calibration", CalibrationSection.Of(report.Predictions)),
            ("data", "Data", DataSection.Of(report.Data)),
            ("run", "Run", RunSection.Of(report.Run)),
        ];
        var shown = sections.Where(s => s.Content != Html.None).ToArray();
        // The policy makes sure that nothing in here ever runs or is fetched, whatever a label or a path holds.
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="ResNet.MLNet">
            <link rel="icon" href="data:,">
            <title>{report.Title}</title>
            <style>{new Html(Style.Value)}</style>
            </head>
            <body>
            {SummarySection.Of(report)}
            <nav aria-label="Sections">{shown.Select(s => Html.Of($"""<a href="#{s.Id}">{s.Name}</a>"""))}</nav>
            <main>
            {shown.Select(s => Html.Of($"""<section id="{s.Id}"><h2>{s.Name}</h2>{s.Content}</section>"""))}
            </main>
            </body>
            </html>

            """);
    }

    private static void Check(TrainingReport report)
    {
        var (paths, images) = (report.ImagePaths.Count, report.Predictions.Count);
        if (paths != 0 && paths != images)
            throw new InvalidOperationException($"{nameof(TrainingReport.ImagePaths)} must name the file of each prediction, in their order, but there are {images} predictions and {paths} paths.");
        if (report.Heatmaps.FirstOrDefault(h => h.Image < 0 || h.Image >= images) is { } stray)
            throw new InvalidOperationException($"A heatmap is of image {stray.Image}, but the predictions have the images 0 to {images - 1}.");
    }
}
