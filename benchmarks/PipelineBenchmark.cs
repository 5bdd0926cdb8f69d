using Spectre.Console;

namespace Benchmarks;

/// <summary>
/// ResNet-50 on 64 photos at batches 1, 8 and 32. Ours goes from JPEG files to PredictedLabel; so does ML.NET's own
/// ApplyOnnxModel, from the same model.zip, row by row. ONNX Runtime alone and PyTorch have ready tensors: their
/// figures are without decoding, resizing and labels.
/// </summary>
internal static class PipelineBenchmark
{
    private static readonly int[] Batches = [1, 8, 32];

    public static void Run(Settings settings, string? images)
    {
        using var photos = new Photos(images, 64);
        using var peer = new Peer(settings.Python);
        AnsiConsole.WriteLine($"{photos.Files.Count} photos. Peer: {peer.Description}.");
        using var sides = new PipelineSides(photos.Files);
        Figures.Show(
            [.. Batches.Where(batch => settings.Wants($"batch {batch}")).Select(batch => Measure(sides, peer, batch, settings.Rounds))],
            Path.Combine(settings.Output, "pipeline.csv"));
    }

    private static Figures Measure(PipelineSides sides, Peer peer, int batch, int rounds)
    {
        var eager = new Workload("resnet50", Training: false, batch, Size: 224, Steps: sides.Images / batch);
        using var ours = sides.Ours(batch);
        return Figures.Measure($"ResNet-50 scoring, batch {batch}, 224×224", rounds,
        [
            ("ours", ours.Run),
            ("ONNX Runtime alone", () => sides.OnnxRuntime(batch)),
            ("ApplyOnnxModel", sides.Stock),
            ("PyTorch", () => peer.Run(eager, "nchw")),
            ("PyTorch channels-last", () => peer.Run(eager, "nhwc")),
        ]);
    }
}
