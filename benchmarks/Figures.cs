using System.Globalization;
using Spectre.Console;

namespace Benchmarks;

/// <summary>One workload's images per second, side by side, round by round; the first side is ours.</summary>
internal sealed record Figures(string Workload, IReadOnlyList<string> Sides, IReadOnlyList<double[]> Rounds)
{
    /// <summary>Measures every side once a round, in turns.</summary>
    public static Figures Measure(string workload, int rounds, IReadOnlyList<(string Name, Func<double> Run)> sides)
    {
        // One round to warm up: first calls allocate, choose kernels and compile.
        foreach (var (_, run) in sides)
            run();
        return new(workload, [.. sides.Select(side => side.Name)], [.. Enumerable.Range(0, rounds).Select(_ => sides.Select(side => side.Run()).ToArray())]);
    }

    /// <summary>Prints a table of the figures and ratios, and writes every round to a CSV file.</summary>
    public static void Show(IReadOnlyList<Figures> all, string file)
    {
        if (all.Count == 0)
        {
            AnsiConsole.WriteLine("No workload has that name.");
            return;
        }

        var sides = all[0].Sides;
        var table = new Table().Border(TableBorder.Markdown).AddColumns(["workload", .. sides, .. sides.Skip(1).Select(side => $"{sides[0]} / {side}")]);
        foreach (var figures in all)
            table.AddRow([figures.Workload,
                .. sides.Select((_, i) => Spread(figures.Rounds.Select(round => round[i]), "F1")),
                .. sides.Skip(1).Select((_, i) => Spread(figures.Rounds.Select(round => round[0] / round[i + 1]), "F2"))]);
        AnsiConsole.WriteLine("Images per second: median (lowest – highest of the rounds); a ratio is taken within a round.");
        AnsiConsole.Profile.Width = 250;
        AnsiConsole.Write(table);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllLines(file, all.SelectMany(figures => figures.Rounds.Select((round, i) =>
                $"{figures.Workload.Replace(",", "", StringComparison.Ordinal)},{i + 1},{string.Join(",", round.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)))}"))
            .Prepend($"workload,round,{string.Join(",", sides)}"));
        AnsiConsole.WriteLine($"Wrote {file}.");
    }

    private static string Spread(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().Select(value => value.ToString(format, CultureInfo.InvariantCulture)).ToArray();
        return $"{sorted[sorted.Length / 2]} ({sorted[0]} – {sorted[^1]})";
    }
}
