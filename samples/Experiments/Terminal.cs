using ResNet.Core;
using Spectre.Console;

namespace Experiments;

/// <summary>What the sample shows on the terminal.</summary>
internal static class Terminal
{
    /// <summary>Runs the job; a mistake of the user's ends in one sentence and exit code 1.</summary>
    public static int Guard(Action job)
    {
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
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException or TrainingDivergedException)
        {
            // .NET appends the parameter's name, which is no word of this program's user.
            Console.Error.WriteLine($"Error: {e.Message.Split(" (Parameter")[0]}");
            return 1;
        }
    }

    /// <summary>Claim, measurement and verdict of each finding.</summary>
    public static void Findings(IEnumerable<Finding> findings, Action<string> log)
    {
        foreach (var finding in findings)
        {
            log("");
            log($"Claim:    {finding.Claim}");
            log($"Measured: {finding.Measured}");
            log($"Verdict:  {finding.Verdict switch { Verdict.Agrees => "agrees", Verdict.Disagrees => "DOES NOT AGREE", _ => "undecided: the difference is within chance" }}");
        }

        log("");
    }
}
