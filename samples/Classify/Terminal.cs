using ResNet.Core;
using ResNet.MLNet;
using Spectre.Console;

namespace Classify;

/// <summary>What the sample shows on the terminal: tables there, plain lines in files and pipes.</summary>
internal static class Terminal
{
    private static readonly IAnsiConsole Errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private static bool Plain => Console.IsOutputRedirected;

    /// <summary>Runs the job; a mistake of the user's ends in one sentence and exit code 1.</summary>
    public static int Guard(Func<int> job)
    {
        if (Plain)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 200;
        }
        try
        {
            return job();
        }
        catch (OperationCanceledException)
        {
            Error("Cancelled.");
            return 130;
        }
        catch (Exception e) when (Known(e) is { } known)
        {
            // .NET appends the parameter's name, which is no word of this program's user.
            Error(known.Message.Split(" (Parameter")[0]);
            return 1;
        }
    }

    /// <summary>The published weights; those that are downloaded already have a mark. In a file: Markdown.</summary>
    public static int List(string? folder)
    {
        var cache = new WeightsCache(folder);
        var table = new Table().Border(Plain ? TableBorder.Markdown : TableBorder.Rounded)
            .AddColumns("weights", "resize", "crop").AddColumn(new TableColumn("MB").RightAligned())
            .AddColumn(new TableColumn("top 1 %").RightAligned()).AddColumn(new TableColumn("top 5 %").RightAligned()).AddColumns("licence", "file");
        foreach (var weights in Pretrained.List())
            table.AddRow(weights.Name, $"{weights.Preprocessing.Resize}", $"{weights.Preprocessing.Crop}", $"{weights.Size / 1e6:F1}",
                $"{weights.Top1:F2}", $"{weights.Top5:F2}", weights.Licence, weights.Source.FileName + (!Plain && File.Exists(cache.PathOf(weights)) ? " [green]✓[/]" : ""));
        AnsiConsole.Write(table);
        if (!Plain)
            AnsiConsole.MarkupLineInterpolated($"✓: in {cache.Folder}");
        return 0;
    }

    /// <summary>Shows a progress bar while the body downloads something; nothing where there is nothing to download.</summary>
    public static void Downloading(Action<IProgress<DownloadProgress>> body)
    {
        if (Plain || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            body(new Report(p => { if (p.Received == p.Total) Console.Error.WriteLine($"Downloaded {p.FileName}, {p.Received / 1e6:F1} MB."); }));
            return;
        }
        AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask? bar = null;
                body(new Report(p =>
                {
                    bar ??= context.AddTask(p.FileName.EscapeMarkup());
                    (bar.MaxValue, bar.Value) = (p.Total ?? p.Received + 1, p.Received);
                }));
            });
    }

    /// <summary>The likeliest classes of a photo.</summary>
    public static void Show(string path, IEnumerable<(string Class, float Probability)> classes)
    {
        if (Plain)
        {
            Console.WriteLine(path);
            foreach (var (name, probability) in classes)
                Console.WriteLine($"{probability,8:P1}  {name}");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).Title(Path.GetFileName(path).EscapeMarkup())
            .AddColumn("class").AddColumn(new TableColumn("probability").RightAligned()).AddColumn("");
        foreach (var (name, probability) in classes)
            table.AddRow(name.EscapeMarkup(), $"{probability:P1}", $"[green]{new string('█', (int)Math.Round(probability * 20))}[/]");
        AnsiConsole.Write(table);
    }

    public static void Unusable(UnusableImage image) => Error($"'{image.Path}' {image.Reason}.");

    // Errors have a stream of their own, so that a pipe gets results only.
    private static void Error(string message)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(message);
        else
            Errors.MarkupLineInterpolated($"[red]{message}[/]");
    }

    // The outermost error with a message for the user: a cursor's arrives wrapped, once for each view that it went through.
    private static Exception? Known(Exception e) => e switch
    {
        InvalidOperationException { InnerException: { } inner } when Known(inner) is { } known => known,
        AggregateException { InnerException: { } inner } => Known(inner),
        ArgumentException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or NotSupportedException => e,
        _ => null,
    };

    // Called on the downloading thread, unlike System.Progress, which posts to another.
    private sealed class Report(Action<DownloadProgress> show) : IProgress<DownloadProgress>
    {
        void IProgress<DownloadProgress>.Report(DownloadProgress value) => show(value);
    }
}
