using ResNet.Core;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>Options of <see cref="ClassifyImagesEstimator"/>. Checked when set.</summary>
public sealed class ClassifyImagesOptions
{
    /// <summary>The images: pixels 0..255 as PrepareImages or ExtractPixels give them, or an image column. Default "Features".</summary>
    public string FeatureColumnName { get; set => field = OptionCheck.Name(value); } = "Features";

    /// <summary>Channels, height and width of the images, at least the network's stride. Default null: the network's InputSize. Larger ones
    /// for <see cref="TestTimeAugmentation.TenCrop"/>, or to see more of a photo.</summary>
    public ImageShape? ImageShape { get; set; }

    /// <summary>
    /// A column of true labels, if the data have one: not read, but where it is a key its values must be in the order of the
    /// classes, since Evaluate compares keys by number. Default "Label".
    /// </summary>
    public string LabelColumnName { get; set => field = OptionCheck.Name(value); } = "Label";

    /// <summary>The new column of probabilities, slot-named with the classes. Default "Score".</summary>
    public string ScoreColumnName { get; set => field = OptionCheck.Name(value); } = "Score";

    /// <summary>The new column of predicted labels, a key whose values are the classes' names. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; set => field = OptionCheck.Name(value); } = "PredictedLabel";

    /// <summary>A new column of embeddings before the score: what the classifier sees of an image, from the same pass, as
    /// Vector&lt;Single, Features of the network&gt;, also after a reload. Default null: none.</summary>
    public string? EmbeddingColumnName { get; set => field = value is null ? null : OptionCheck.Name(value); }

    /// <summary>Images a forward pass, at least 1. Default 32.</summary>
    public int ScoringBatchSize { get; set => field = OptionCheck.AtLeast(1, value); } = 32;

    /// <summary>Where the network runs: auto, cpu, cuda, cuda:N or mps. Default "auto": CUDA's first device where there is one, else the CPU.</summary>
    public string Device { get; set => field = new TrainingOptions { Device = value }.Device; } = "auto";

    /// <summary>What runs the network. Default <see cref="ScoringEngine.Auto"/>: ONNX Runtime on the CPU, TorchSharp on a GPU.</summary>
    public ScoringEngine ScoringEngine { get; set => field = OptionCheck.Defined(value); } = ScoringEngine.Auto;

    /// <summary>CPU threads that ONNX Runtime scores a batch with, from 1. Default null: one for each core.</summary>
    public int? ScoringThreads { get; set => field = value is { } threads ? OptionCheck.AtLeast(1, threads) : null; }

    /// <summary>What the model says of rows whose image cannot be read: see <see cref="ScoringOptions.UnreadableImages"/>.</summary>
    public UnreadableScorePolicy ScoringUnreadableImages { get; set => field = OptionCheck.Defined(value); } = UnreadableScorePolicy.Throw;

    /// <summary>Views of each image that the model's scores, and embeddings, are averaged over; the saved model.zip does the same
    /// in any app. Default <see cref="TestTimeAugmentation.None"/>.</summary>
    public TestTimeAugmentation TestTimeAugmentation { get; set => field = OptionCheck.Defined(value); }

    internal ScoringOptions Scoring => new()
    {
        Engine = ScoringEngine,
        BatchSize = ScoringBatchSize,
        Threads = ScoringThreads,
        Device = Device,
        TestTimeAugmentation = TestTimeAugmentation,
        UnreadableImages = ScoringUnreadableImages,
    };

    internal ModelColumns Columns => new ModelColumns(FeatureColumnName, ScoreColumnName, PredictedLabelColumnName, EmbeddingColumnName).Checked();

    internal ClassifyImagesOptions Clone() => (ClassifyImagesOptions)MemberwiseClone();
}
