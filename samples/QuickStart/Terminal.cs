using ResNet.Core;
using Spectre.Console;

namespace QuickStart;

/// <summary>What the sample shows on the terminal.</summary>
internal static partial class Terminal
{
    /// <summary>Runs the job; a mistake of the user's ends in one sentence and exit code 1.</summary>
    public static int Guard(Action job)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe wants neither colours nor lines broken at 80 columns.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 160;
        }
        try
        {
            job();
            return 0;
        }
        catch (OperationCanceledException)
        {
            AnsiConsole.MarkupLine("[yellow]Cancelled.[/]");
            return 130;
        }
        catch (Exception e) when (Root(e) is ArgumentException or IOException or InvalidDataException or InvalidOperationException or FormatException or UnauthorizedAccessException or TrainingDivergedException)
        {
            // .NET appends the parameter's name, which is no word of this program's user.
            AnsiConsole.MarkupLineInterpolated($"[red]Error:[/] {Root(e).Message.Split(" (Parameter")[0]}");
            return 1;
        }
    }

    // A cursor's error arrives wrapped, once for each view that it went through.
    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;

    /// <summary>Shows a progress bar while the body runs; where the terminal can't, a line an epoch.</summary>
    public static T Training<T>(Func<IProgress<TrainingProgress>, T> body)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return body(new Report(p => { if (p.Batch == p.Batches && p.Phase == TrainingPhase.Train) Console.WriteLine(Line(p)); }));
        return AnsiConsole.Progress().AutoClear(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("reading images");
                return body(new Report(p =>
                {
                    if (p.Phase != TrainingPhase.Train)
                        return;
                    bar.MaxValue = (double)p.Epochs * p.Batches;
                    bar.Value = (p.Epoch - 1.0) * p.Batches + p.Batch;
                    bar.Description = Line(p).EscapeMarkup();
                }));
            });
    }

    private static string Line(TrainingProgress p) =>
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F3}  accuracy {p.Accuracy:P1}  {p.ImagesPerSecond:F0} images/s  {p.Remaining:m\\:ss} left";

    // Called on the training thread, unlike System.Progress, which posts to another.
    private sealed class Report(Action<TrainingProgress> show) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => show(value);
    }
}
