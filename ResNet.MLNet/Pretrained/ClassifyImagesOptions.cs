using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>Options of <see cref="ClassifyImagesEstimator"/>. Checked when set.</summary>
public sealed class ClassifyImagesOptions
{
    /// <summary>The images: pixels 0..255 as PrepareImages or ExtractPixels give them, or an image column, of the network's size. Default "Features".</summary>
    public string FeatureColumnName { get; set => field = OptionCheck.Name(value); } = "Features";

    /// <summary>
    /// A column of true labels, if the data have one: not read, but where it is a key its values must be in the order of the
    /// classes, since Evaluate compares keys by number. Default "Label".
    /// </summary>
    public string LabelColumnName { get; set => field = OptionCheck.Name(value); } = "Label";

    /// <summary>The new column of probabilities, slot-named with the classes. Default "Score".</summary>
    public string ScoreColumnName { get; set => field = OptionCheck.Name(value); } = "Score";

    /// <summary>The new column of predicted labels, a key whose values are the classes' names. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; set => field = OptionCheck.Name(value); } = "PredictedLabel";

    /// <summary>Images a forward pass, at least 1. Default 32.</summary>
    public int ScoringBatchSize { get; set => field = OptionCheck.AtLeast(1, value); } = 32;

    /// <summary>Where the network runs: auto, cpu, cuda, cuda:N or mps. Default "auto": CUDA's first device where there is one, else the CPU.</summary>
    public string Device { get; set => field = new TrainingOptions { Device = value }.Device; } = "auto";

    /// <summary>What runs the network. Default <see cref="ScoringEngine.Auto"/>: ONNX Runtime on the CPU, TorchSharp on a GPU.</summary>
    public ScoringEngine ScoringEngine { get; set => field = OptionCheck.Defined(value); } = ScoringEngine.Auto;

    /// <summary>CPU threads that ONNX Runtime scores a batch with, from 1. Default null: one for each core.</summary>
    public int? ScoringThreads { get; set => field = value is { } threads ? OptionCheck.AtLeast(1, threads) : null; }

    internal ScoringOptions Scoring => new() { Engine = ScoringEngine, BatchSize = ScoringBatchSize, Threads = ScoringThreads, Device = Device };

    internal ClassifyImagesOptions Clone() => (ClassifyImagesOptions)MemberwiseClone();
}
