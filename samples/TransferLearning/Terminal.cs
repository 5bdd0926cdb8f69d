using ResNet.Core;
using Spectre.Console;

namespace TransferLearning;

/// <summary>What the sample shows on the terminal.</summary>
internal static partial class Terminal
{
    private static bool Plain => Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive;

    /// <summary>Runs the job; a mistake of the user's ends in one sentence and exit code 1.</summary>
    public static int Guard(Func<int> job)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or a pipe wants neither colours nor lines broken at 80 columns.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 160;
        }
        try
        {
            return job();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return 130;
        }
        catch (Exception e) when (Known(e) is { } known)
        {
            // .NET appends the parameter's name, which is no word of this program's user.
            Console.Error.WriteLine($"Error: {known.Message.Split(" (Parameter")[0]}");
            return 1;
        }
    }

    /// <summary>Shows a progress bar while the body runs; where the terminal can't, lines.</summary>
    public static T Training<T>(string description, Func<IProgress<TrainingProgress>, T> body)
    {
        AnsiConsole.MarkupLineInterpolated($"Training [bold]{description}[/].");
        if (Plain)
            return body(EachEpoch());
        return AnsiConsole.Progress().AutoClear(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("reading images");
                return body(new Report<TrainingProgress>(p =>
                {
                    if (p.Phase != TrainingPhase.Train)
                        return;
                    bar.MaxValue = (double)p.Epochs * p.Batches;
                    bar.Value = (p.Epoch - 1.0) * p.Batches + p.Batch;
                    bar.Description = Line(p).EscapeMarkup();
                }));
            });
    }

    /// <summary>Shows a progress bar while the body downloads something; nothing where there is nothing to download.</summary>
    public static void Downloading(Action<IProgress<DownloadProgress>> body)
    {
        if (Plain)
        {
            body(new Report<DownloadProgress>(p => { if (p.Received == p.Total) Console.WriteLine($"Downloaded {p.FileName}, {p.Received / 1e6:F1} MB."); }));
            return;
        }
        AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask? bar = null;
                body(new Report<DownloadProgress>(p =>
                {
                    bar ??= context.AddTask(p.FileName.EscapeMarkup());
                    (bar.MaxValue, bar.Value) = (p.Total ?? p.Received + 1, p.Received);
                }));
            });
    }

    // A line an epoch, but no flood of them where epochs take no time.
    private static Report<TrainingProgress> EachEpoch()
    {
        var last = TimeSpan.Zero;
        return new(p =>
        {
            if (p.Phase != TrainingPhase.Train || p.Batch < p.Batches || (p.Epoch < p.Epochs && p.Elapsed >= last && p.Elapsed - last < TimeSpan.FromSeconds(1)))
                return;
            last = p.Elapsed;
            Console.WriteLine(Line(p));
        });
    }

    private static string Line(TrainingProgress p) =>
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F3}  accuracy {p.Accuracy:P1}  {p.ImagesPerSecond:F0} images/s  {p.Remaining:m\\:ss} left";

    // The outermost error with a message for the user: a cursor's arrives wrapped, once for each view that it went through.
    private static Exception? Known(Exception e) => e switch
    {
        InvalidOperationException { InnerException: { } inner } when Known(inner) is { } known => known,
        AggregateException { InnerException: { } inner } => Known(inner),
        ArgumentException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or NotSupportedException
            or TrainingDivergedException => e,
        _ => null,
    };

    // Called on the thread that reports, unlike System.Progress, which posts to another.
    private sealed class Report<T>(Action<T> show) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => show(value);
    }
}
