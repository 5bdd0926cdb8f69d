using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>How rows are scored. Values are checked when they are set.</summary>
public sealed record ScoringOptions
{
    /// <summary>What runs the network. Default <see cref="ScoringEngine.Auto"/>.</summary>
    public ScoringEngine Engine { get; init => field = OptionCheck.Defined(value); } = ScoringEngine.Auto;

    /// <summary>Images that are scored in one pass, from 1: this many rows of a view are read ahead. Default 32.</summary>
    public int BatchSize { get; init => field = OptionCheck.AtLeast(1, value); } = 32;

    /// <summary>CPU threads that ONNX Runtime computes one pass with, from 1. Default null: one for each core. TorchSharp's are the
    /// process's own, <c>torch.set_num_threads</c>.</summary>
    public int? Threads { get; init => field = value is { } threads ? OptionCheck.AtLeast(1, threads) : null; }

    /// <summary>Views of each image that scores (and embeddings) are averaged over. Default null: those of the saved model, or none.</summary>
    public TestTimeAugmentation? TestTimeAugmentation { get; init => field = value is { } views ? OptionCheck.Defined(views) : null; }

    /// <summary>What is said of rows whose image cannot be read. Default <see cref="UnreadableScorePolicy.Throw"/>. With
    /// <see cref="UnreadableScorePolicy.NaN"/>, ML.NET decodes row by row, on one thread beside the network's. An image of another size than the
    /// network's is always an error.</summary>
    public UnreadableScorePolicy UnreadableImages { get; init => field = OptionCheck.Defined(value); } = UnreadableScorePolicy.Throw;

    /// <summary>Where TorchSharp scores: "auto" (a GPU if there is one, else the CPU), "cpu", "cuda", "cuda:N" or "mps".
    /// Default "auto".</summary>
    public string Device { get; init => field = new TrainingOptions { Device = value }.Device; } = "auto";

    internal static ScoringOptions ForFeatures(ScoringOptions? scoring) => scoring?.TestTimeAugmentation is null or Core.TestTimeAugmentation.None
        ? scoring ?? new()
        : throw new ArgumentException("Features are those of the image as it is; leave TestTimeAugmentation null.", nameof(scoring));
}
