using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>The Python process that measures the peer, one command at a time.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    public Peer(string python)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peer.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{python}' did not start.");
        Description = _process.StandardOutput.ReadLine() is { } line && line.StartsWith("ready ", StringComparison.Ordinal)
            ? line[6..]
            : throw new InvalidOperationException($"'{python}' has no torch and torchvision. On Debian: apt-get install python3-torch python3-torchvision; elsewhere name one that has: --python.");
    }

    /// <summary>The versions and threads that the peer reports of itself.</summary>
    public string Description { get; }

    public double Run(Workload w, string layout)
    {
        _process.StandardInput.WriteLine($"{w.Network} {(w.Training ? "train" : "score")} {w.Batch} {w.Size} {w.Steps} {layout}");
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended."), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
