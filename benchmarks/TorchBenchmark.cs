using Spectre.Console;

namespace Benchmarks;

/// <summary>
/// Training and scoring, ours against eager PyTorch with torchvision's networks: the same batches on the same threads.
/// </summary>
internal static class TorchBenchmark
{
    public static void Run(Settings settings)
    {
        using var peer = new Peer(settings.Python);
        AnsiConsole.WriteLine($"Peer: {peer.Description}. Ours: the same number of threads.");
        Figures.Show(
            [.. Workload.All.Where(workload => settings.Wants(workload.Name)).Select(workload => Measure(workload, peer, settings.Rounds))],
            Path.Combine(settings.Output, "torch.csv"));
    }

    private static Figures Measure(Workload workload, Peer peer, int rounds)
    {
        using var ours = workload.Prepare();
        return Figures.Measure(workload.Name, rounds,
        [
            ("ours", () => ours.Run(workload.Steps)),
            ("PyTorch", () => peer.Run(workload, "nchw")),
            ("PyTorch channels-last", () => peer.Run(workload, "nhwc")),
        ]);
    }
}
