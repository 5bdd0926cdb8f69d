using System.Diagnostics;
using ResNet.Core;

namespace Experiments;

/// <summary>Runs one experiment, writes its pictures and tables, prints its findings.</summary>
internal static class Job
{
    /// <summary>Returns the files that were written.</summary>
    public static IReadOnlyList<string> Run(IExperiment experiment, Settings settings, Action<string> log, CancellationToken cancel)
    {
        if (settings.Images is < 2 || settings.Epochs is < 1)
            throw new ArgumentException("--images must be at least 2, --epochs at least 1.");
        // Before anything is computed, also where little is.
        _ = DeviceSelection.Parse(settings.Device);
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(settings.Output);
        var results = experiment.Run(settings, log, cancel);
        List<string> files = [];
        foreach (var chart in results.Charts)
            files.Add(Write(chart.Name + ".svg", chart.ToSvg()));
        foreach (var table in results.Tables)
            files.Add(Write(table.Name + ".csv", table.ToCsv()));
        Terminal.Findings(results.Findings, log);
        log($"Wrote {string.Join(", ", files)}. {clock.Elapsed.TotalSeconds:F0} s in all, {settings.Scale.ToString().ToLowerInvariant()} scale, seed {settings.Seed}.");
        return files;

        string Write(string name, string text)
        {
            var path = Path.Combine(settings.Output, name);
            File.WriteAllText(path, text);
            return path;
        }
    }
}
