using Microsoft.ML.Data;
using ResNet.MLNet;
using Spectre.Console;

namespace QuickStart;

internal static partial class Terminal
{
    /// <summary>What was found wrong in a folder, once for each kind of trouble.</summary>
    public static void Warnings(ImageSet folder)
    {
        foreach (var bad in folder.Unusable.Take(10))
            AnsiConsole.MarkupLineInterpolated($"[yellow]Left out:[/] '{bad.Path}' {bad.Reason}.");
        if (folder.Unusable.Count > 10)
            AnsiConsole.MarkupLineInterpolated($"[yellow]Left out:[/] {folder.Unusable.Count - 10} more files.");
        if (folder.Rotated > 0)
            AnsiConsole.MarkupLineInterpolated($"[yellow]{folder.Rotated} images carry an EXIF rotation, which LoadImages ignores:[/] the network sees them lying. Rotate the files to mend that.");
    }

    /// <summary>Accuracy, recall a class and the confusion matrix.</summary>
    public static void Evaluation(MulticlassClassificationMetrics metrics, IReadOnlyList<string> classes, int images)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]Accuracy {metrics.MicroAccuracy:P2}[/] on {images:N0} held-out images (log-loss {metrics.LogLoss:F3}).");
        var table = new Table().Border(TableBorder.Rounded).Title("Confusion matrix: rows are the true classes, columns the predicted ones")
            .AddColumn(new TableColumn("true class").NoWrap()).AddColumn(new TableColumn("recall").RightAligned().NoWrap());
        var matrix = metrics.ConfusionMatrix;
        for (var i = 0; i < classes.Count; i++)
            table.AddColumn(new TableColumn($"{i}").RightAligned().NoWrap());
        for (var row = 0; row < classes.Count; row++)
            table.AddRow([$"{row} {Markup.Escape(classes[row])}", $"{matrix.PerClassRecall[row]:P1}",
                .. matrix.Counts[row].Select((n, column) => n == 0 ? "[grey]·[/]" : column == row ? $"[green]{n}[/]" : $"{n}")]);
        AnsiConsole.Write(table);
    }

    /// <summary>A few images with their three likeliest classes.</summary>
    public static void Predictions(IEnumerable<(LabeledImage Image, Job.Scored Result)> predictions, IReadOnlyList<string> classes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("image", "true class", "top 3");
        foreach (var (image, result) in predictions)
        {
            var top = result.Score.Select((p, i) => (Probability: p, Class: classes[i])).OrderByDescending(x => x.Probability).Take(3)
                .Select(x => $"{x.Class} {x.Probability:P1}");
            var right = classes[Array.IndexOf(result.Score, result.Score.Max())] == image.Label;
            table.AddRow(Markup.Escape(Path.GetFileName(image.ImagePath)), Markup.Escape(image.Label), $"[{(right ? "green" : "red")}]{Markup.Escape(string.Join(", ", top))}[/]");
        }
        AnsiConsole.Write(table);
    }
}
