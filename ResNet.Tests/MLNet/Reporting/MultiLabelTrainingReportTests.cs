using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class MultiLabelTrainingReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_trained_model_makes_a_page_that_asks_for_nothing()
    {
        var report = SampleMultiLabelReport.Make(_folder);
        var path = Path.Combine(_folder, "new folder", "report.html");
        report.Save(path);
        var html = File.ReadAllText(path);
        Assert.Equal(["curves", "classes", "losses", "data", "run"], Regex.Matches(html, "<section id=\"(\\w+)\">").Select(m => m.Groups[1].Value));
        Assert.DoesNotMatch(new Regex("(src|href|action|srcset|poster)\\s*=\\s*\"(?!data:|#)"), html);
        Assert.DoesNotMatch(new Regex("@import|url\\(|<script|<iframe|<object|<embed|\\son\\w+\\s*=\\s*\""), html);
        Assert.Equal(report.Predictions.Count, Regex.Count(html, "<img class=\"picture"));
        // What people named is text everywhere.
        Assert.DoesNotContain("<b>.png", html);
        Assert.Contains("&lt;script&gt;document.title=", html);
        Assert.DoesNotContain("\"x\"", html);
        Assert.DoesNotContain("'y'", html);

        // A point an epoch: of the validation's mAP; and of the loss two.
        Assert.Contains("<figcaption>Mean average precision of the validation images</figcaption>", html);
        Assert.Equal(3 * 4, Regex.Count(html, "<circle "));
        Assert.Contains("highest F1 on the validation images", html);
        var rows = Rows(html);
        Assert.Equal(SampleMultiLabelReport.Classes.Order(), rows.Select(row => row[0]).Order());
        foreach (var row in rows)
        {
            var c = report.Predictions.ClassNames.ToList().IndexOf(row[0]);
            Assert.Equal(Enumerable.Range(0, report.Predictions.Count).Count(i => report.Predictions.Targets(i)[c]), int.Parse(row[1]));
            Assert.Equal(report.Thresholds[c], double.Parse(row[2], CultureInfo.InvariantCulture), 5e-4);
        }
    }

    [Fact]
    public void Figures_and_cards_are_those_worked_out_by_hand()
    {
        // "sea" is missed once (recall 1/2) but ranked first; "sky" is given wrongly once (precision 1/2), ranked second; nothing has "sun".
        var report = new MultiLabelTrainingReport
        {
            Predictions = new(
                [0.9f, 0.6f, 0.1f, 0.4f, 0.7f, 0.2f, 0.3f, 0.2f, 0.1f],
                [true, true, false, true, false, false, false, false, false],
                [true, true, false, false, true, false, false, false, false],
                ["sea", "sky", "sun"]),
            Thresholds = [0.5f, 0.55f, 0.5f],
            ThresholdSelection = ThresholdSelection.Fixed,
            TopLosses = 2,
        };
        var html = report.ToHtml();
        Assert.Equal(
            [
                ["sky", "1", "0.550", "50.0 %", "50.0 %", "100.0 %", "66.7 %"],
                ["sea", "2", "0.500", "100.0 %", "100.0 %", "50.0 %", "66.7 %"],
                ["sun", "0", "0.500", "–", "–", "–", "–"],
            ], Rows(html));
        string[] figures = [.. Regex.Matches(html, "<strong>([^<]+)</strong>").Select(m => Text(m.Groups[1].Value))];
        Assert.Equal(["75.0 %", "0.667", "0.667", "66.7 %", "22.2 %"], figures[..5]);
        var cards = Regex.Matches(html, "<figcaption>(.*?)</figcaption>", RegexOptions.Singleline).Select(m => Text(m.Groups[1].Value)).ToArray();
        Assert.Matches("^sea missed: sea \\(40 %\\) wrongly given: sky \\(70 %\\) predicted: sky · loss 0.78 image 1$", cards[0]);
        Assert.Matches("^sea, sky right, but unsure predicted: sea, sky · loss 0.24 image 0$", cards[1]);
        Assert.Equal(2, cards.Length);
        Assert.Contains("fixed before training", html);
        Assert.Equal(["classes", "losses"], Regex.Matches(html, "<section id=\"(\\w+)\">").Select(m => m.Groups[1].Value));

        Assert.DoesNotContain("threshold</th>", (report with { Thresholds = [] }).ToHtml());
        Assert.Contains("3 classes and 2 thresholds", Assert.Throws<InvalidOperationException>(() => (report with { Thresholds = [0.5f, 0.5f] }).ToHtml()).Message);
        Assert.Contains("3 predictions and 1 paths", Assert.Throws<InvalidOperationException>(() => (report with { ImagePaths = ["x"] }).ToHtml()).Message);
    }

    [Fact]
    public void Many_labels_of_an_image_are_cut()
    {
        var (all, none) = (Enumerable.Repeat(true, 100).ToArray(), new bool[100]);
        var html = new MultiLabelTrainingReport { Predictions = new(new float[100], all, none, [.. Enumerable.Range(0, 100).Select(c => $"c{c}")]) }.ToHtml();
        Assert.Contains("c5 and 94 more", html);
        Assert.Contains("predicted: no class", html);
        Assert.Contains("60 more classes", html);
    }

    private static string[][] Rows(string html) =>
        [.. Regex.Matches(html, "<tr><th scope=\"row\">(.*?)</th>((<td( class=\"number\")?>[^/]*?(<span[^>]*>[^<]*</span>)?</td>)+)</tr>")
            .Where(m => m.Groups[3].Captures.Count >= 6)
            .Select(m => m.Groups[3].Captures.Select(cell => Text(cell.Value)).Prepend(Text(m.Groups[1].Value)).ToArray())];

    // What a reader sees.
    private static string Text(string html) => Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", " ")).Replace('\u00a0', ' '), "\\s+", " ").Trim();
}
