using Spectre.Console;

namespace Pictures;

/// <summary>What the samples with pictures show on the terminal: tables and bars there, plain lines in files and pipes.</summary>
internal static class Terminal
{
    private static bool Plain => Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive;

    /// <summary>Runs the job; a mistake of the user's ends in one sentence and exit code 1.</summary>
    public static int Guard(Action job)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = 120;
        }
        try
        {
            job();
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return 130;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            // .NET appends the parameter's name, which is no word of this program's user.
            Console.Error.WriteLine(e.Message.Split(" (Parameter")[0]);
            return 1;
        }
    }

    /// <summary>Shows how far a training is, while the body runs; it reports each step and its loss.</summary>
    public static void Training(int steps, Action<Action<int, float>> body)
    {
        if (Plain)
        {
            body((step, loss) => { if (step % Math.Max(1, steps / 10) == 0) Console.WriteLine($"step {step}/{steps}  loss {loss:F3}"); });
            return;
        }
        AnsiConsole.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bar = context.AddTask("training", maxValue: steps);
                body((step, loss) => (bar.Value, bar.Description) = (step, $"loss {loss:F3}"));
            });
    }

    /// <summary>A table; all columns but the first are figures.</summary>
    public static void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(Plain ? TableBorder.Markdown : TableBorder.Rounded).AddColumn(columns[0].EscapeMarkup());
        foreach (var column in columns[1..])
            table.AddColumn(new TableColumn(column.EscapeMarkup()).RightAligned());
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
