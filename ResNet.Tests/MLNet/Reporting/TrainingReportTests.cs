using System.Text.RegularExpressions;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class TrainingReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_holds_every_section_and_asks_for_nothing()
    {
        var path = Path.Combine(_folder, "new folder", "report.html");
        SampleReport.Make(_folder).Save(path);
        var html = File.ReadAllText(path);
        foreach (var id in new[] { "curves", "confusion", "classes", "losses", "heatmaps", "calibration", "data", "run" })
            Assert.Contains($"<section id=\"{id}\">", html);
        Assert.DoesNotMatch(new Regex("(src|href|action|srcset|poster)\\s*=\\s*\"(?!data:|#)"), html);
        Assert.DoesNotMatch(new Regex("@import|url\\(|<script|<iframe|<object|<embed|\\son\\w+\\s*=\\s*\""), html);
        Assert.Equal(24 + 6, Regex.Count(html, "<img class=\"picture"));
        Assert.Equal("report.html", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!))));
    }

    [Fact]
    public void What_people_named_is_text_everywhere()
    {
        var html = SampleReport.Make(_folder).ToHtml();
        Assert.DoesNotContain("<b>.png", html);
        Assert.Contains("&lt;script&gt;document.title=", html);
        // Outside of tags, and inside of quotes: every quote of the label is escaped.
        Assert.DoesNotContain("\"x\"", html);
        Assert.DoesNotContain("'y'", html);
    }

    [Fact]
    public void The_figures_are_those_of_the_predictions()
    {
        var report = SampleReport.Make(_folder);
        var html = report.ToHtml();
        var matrix = report.Predictions.ConfusionMatrix();
        var cells = Regex.Matches(html, "<td class=\"(right|wrong)( strong)?\"[^>]*>(\\d+)</td>").Select(m => int.Parse(m.Groups[3].Value));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => matrix[i / 3, i % 3]).Where(n => n > 0), cells);
        Assert.Contains($"<strong>{Math.Round(100 * report.Predictions.Accuracy, 1)}&#xA0;%</strong>", html);
        Assert.Contains(report.Data!.ContentHash, html);
        Assert.Contains("nothing.png", html);
        Assert.Contains("LabelSmoothing", html);
    }

    [Fact]
    public void Predictions_alone_make_a_page_and_many_classes_are_cut()
    {
        const int classes = 100;
        var probabilities = new float[200 * classes];
        var labels = Enumerable.Range(0, 200).Select(i => i % classes).ToArray();
        for (var i = 0; i < 200; i++)
            probabilities[i * classes + (i < 100 ? labels[i] : (labels[i] + 1) % classes)] = 1;
        var html = new TrainingReport { Predictions = new(probabilities, labels, [.. Enumerable.Range(0, classes).Select(c => $"c{c}")]) }.ToHtml();
        Assert.DoesNotContain("<section id=\"run\">", html);
        Assert.DoesNotContain("<img", html);
        Assert.Contains("30 classes with the most mistakes, of 100", html);
        Assert.Contains("60 more classes", html);
        var data = new DataReport { Sources = ("a", null), ContentHash = "", Classes = [.. Enumerable.Range(0, 45).Select(c => new ClassCount($"c{c}", 1, 0))] };
        Assert.Contains("5 more classes", new TrainingReport { Predictions = new([1, 0], [0], ["a", "b"]), Data = data }.ToHtml());
        Assert.Contains("NaN", new TrainingReport { Predictions = new([1, 0], [0], ["a", "b"]), Epochs = [new(1, double.NaN, 0.5, null, null, 0.1, 1)] }.ToHtml());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(1.0)]
    public void Curves_of_equal_values_have_places(double accuracy)
    {
        var html = new TrainingReport
        {
            Predictions = new([1, 0], [0], ["a", "b"]),
            Epochs = [.. Enumerable.Range(1, 3).Select(e => new EpochMetrics(e, 0, accuracy, 0, accuracy, 0.1, 1))],
        }.ToHtml();
        Assert.Equal(12, Regex.Count(html, "<circle "));
        Assert.DoesNotMatch(new Regex("=\"[^\"]*(NaN|∞|Infinity)"), html);
    }

    [Fact]
    public void A_picture_that_has_gone_is_said_to_be()
    {
        var report = SampleReport.Make(_folder);
        File.Delete(report.ImagePaths[report.Predictions.TopLosses(1)[0].Image]);
        Assert.Contains("can’t be read any more", report.ToHtml());
    }

    [Fact]
    public void Paths_that_do_not_fit_the_predictions_are_refused() => Assert.Contains("1 predictions and 2 paths",
        Assert.Throws<InvalidOperationException>(() => new TrainingReport { Predictions = new([1, 0], [0], ["a", "b"]), ImagePaths = ["x", "y"] }.ToHtml()).Message);
}
