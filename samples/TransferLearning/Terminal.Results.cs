using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using Spectre.Console;

namespace TransferLearning;

internal static partial class Terminal
{
    private const int ShownWarnings = 10;

    /// <summary>What is trained on, and what was found wrong with it.</summary>
    public static void Data(Settings settings, ImageSet train, ImageSet test, DataReport checks)
    {
        if (settings.Data is null)
            AnsiConsole.MarkupLine("No --data FOLDER was given: generated pictures of shapes show how it goes.");
        AnsiConsole.MarkupLineInterpolated($"{train.Images.Count:N0} images to train on, {test.Images.Count:N0} held out, {train.Classes.Count} classes.");
        foreach (var bad in checks.Unusable.Take(ShownWarnings))
            AnsiConsole.MarkupLineInterpolated($"[yellow]Left out:[/] '{bad.Path}' {bad.Reason}.");
        foreach (var warning in checks.Warnings.Take(ShownWarnings))
            AnsiConsole.MarkupLineInterpolated($"[yellow]Mind:[/] {warning}");
        var more = Math.Max(0, checks.Unusable.Count - ShownWarnings) + Math.Max(0, checks.Warnings.Count - ShownWarnings);
        if (more > 0)
            AnsiConsole.MarkupLineInterpolated($"[yellow]And {more} more; the report has them.[/]");
    }

    /// <summary>How good the network is on images that it has not seen.</summary>
    public static void Evaluation(Settings settings, MulticlassClassificationMetrics metrics, ImageSet test, TrainingResult training)
    {
        var seed = settings.Repeat > 1 ? $"Seed {settings.Seed}: " : "";
        AnsiConsole.MarkupLineInterpolated($"{seed}[bold]Accuracy {metrics.MicroAccuracy:P2}[/] on {test.Images.Count:N0} held-out images (log-loss {metrics.LogLoss:F3}), trained in {training.Elapsed.TotalSeconds:F0} s on {training.Device}.");
    }

    /// <summary>What the runs of several seeds come to.</summary>
    public static void Spread(Settings settings, IReadOnlyList<double> accuracies)
    {
        var all = string.Join(", ", accuracies.Select(accuracy => $"{accuracy:P2}"));
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{settings.Mode}: mean accuracy {accuracies.Average():P2}[/] ({accuracies.Min():P2} – {accuracies.Max():P2}) of {accuracies.Count} runs, seeds from {settings.Seed}: {all}.");
    }

    /// <summary>Images with their likeliest classes, as the saved model sees them.</summary>
    public static void Predictions(string zip, IReadOnlyList<Prediction> predictions)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"Predictions of {Path.GetFileName(zip)}, read back").AddColumns("image", "true class", "predicted");
        foreach (var (image, classes) in predictions)
        {
            var colour = classes[0].Class == image.Label ? "green" : "red";
            var words = string.Join(", ", classes.Select(top => $"{top.Class} {top.Probability:P1}"));
            table.AddRow(Path.GetFileName(image.ImagePath).EscapeMarkup(), image.Label.EscapeMarkup(), $"[{colour}]{words.EscapeMarkup()}[/]");
        }
        AnsiConsole.Write(table);
    }
}
