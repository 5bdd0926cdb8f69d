using System.Reflection;
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

    public static Html Of(HtmlReport report)
    {
        report.Check();
        var shown = report.Sections().Where(s => s.Content != Html.None).ToArray();
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
}
