using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>What every trainer of this library is told: what is trained, on what, and how. Values are checked when they are set; the errors name the option.
/// Named as ML.NET's ImageClassificationTrainer names them, where it has them.</summary>
public abstract partial class ResNetTrainerOptions
{
    internal const int DefaultEpoch = 30;

    /// <summary>All options that the core's trainer has, too, at once: such as a <see cref="TransferRecipe"/>. Those below of the same names are
    /// its parts: set them after it. Its Seed has no part in it. Never null.</summary>
    public TrainingOptions Training { get; set => field = value ?? throw new ArgumentNullException(nameof(Training)); } = new() { Epochs = DefaultEpoch, BatchSize = 128 };

    /// <summary>The label column, in the form that the trainer takes. Default "Label".</summary>
    public string LabelColumnName { get; set => field = OptionCheck.Name(value); } = "Label";

    /// <summary>The column of images; see <see cref="ResNetClassificationTrainer"/> for its forms. Default "Features".</summary>
    public string FeatureColumnName { get; set => field = OptionCheck.Name(value); } = "Features";

    /// <summary>The new column of probabilities. Default "Score".</summary>
    public string ScoreColumnName { get; set => field = OptionCheck.Name(value); } = "Score";

    /// <summary>The new column of predicted labels. Default "PredictedLabel".</summary>
    public string PredictedLabelColumnName { get; set => field = OptionCheck.Name(value); } = "PredictedLabel";

    /// <summary>A new column of embeddings before the score: what the classifier sees of an image, from the same pass, as
    /// Vector&lt;Single, Features of the network&gt;, also after a reload. Default null: none.</summary>
    public string? EmbeddingColumnName { get; set => field = value is null ? null : OptionCheck.Name(value); }

    /// <summary>The network by its name in <see cref="NetworkPresets.Names"/>. Default null: resnet20 (made for 32×32) where height and
    /// width are at most 64 pixels, resnet18 (made for 224×224) for larger images.</summary>
    /// <remarks>A preset's normalisation is for colour images; for grey ones it is <see cref="Normalization.Centered"/>.</remarks>
    public string? Arch { get; set => field = value is null ? null : NetworkPresets.Get(value).Name; }

    /// <summary>A network of one's own; replaces <see cref="Arch"/>. Its Classes are set to the label's number of classes and
    /// its InputSize to the images'; its InputChannels must be the images'. <c>Trainers.TorchModule</c> sets it for a TorchSharp module of
    /// one's own. Default null.</summary>
    public NetworkSpecification? Specification { get; set; }

    /// <summary>A saved network to train on, as <see cref="ResNetModelFile.Read(string)"/> gives it. Its architecture is taken over;
    /// <see cref="Arch"/> and <see cref="Specification"/> may be left null, and must not ask for another one. Where the data have
    /// the same labels in the same order, its classifier goes on, too; else a fresh one is trained, and the log says so. Default null: the
    /// network starts with random weights.</summary>
    public OnnxFile? ContinueFrom { get; set; }

    /// <summary>Channels, height and width of the images. Needed for flat vectors, which are then read channel by channel;
    /// checked where the data tell the shape themselves. Default null.</summary>
    public ImageShape? ImageShape
    {
        get;
        set => field = value is null or { Channels: 1 or 3, Height: > 0, Width: > 0 }
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ImageShape), value, $"{nameof(ImageShape)} must have 1 or 3 channels, and a height and width of 1 or more.");
    }

    /// <summary>How often each image is trained on, from 1. Default 30. Modes that freeze layers first add their epochs.</summary>
    public int Epoch { get => Training.Epochs; set => Training = Training with { Epochs = OptionCheck.AtLeast(1, value) }; }

    /// <summary>Images in a training step, from 1. Default 128 (He et al. 2015, section 4.2). <see cref="TrainingOptions.AutomaticBatchSize"/>: by
    /// the number of images.</summary>
    public int BatchSize { get => Training.BatchSize; set => Training = Training with { BatchSize = value }; }

    /// <summary>The learning rate that <see cref="LearningRateScheduler"/> starts from, above 0. Default 0.1.</summary>
    public double LearningRate { get => Training.LearningRate; set => Training = Training with { LearningRate = value }; }

    /// <summary>The optimiser: <see cref="SgdOptions"/> (default: momentum 0.9, weight decay 1e-4) or <see cref="AdamWOptions"/>; with weight
    /// decay and gradient clipping. Never null.</summary>
    public OptimizerOptions Optimizer { get => Training.Optimizer; set => Training = Training with { Optimizer = value }; }

    /// <summary>How the learning rate changes over the training. Default <see cref="LearningRateSchedule.StepDecay"/>:
    /// divided by 10 at half and at three quarters of it. Never null.</summary>
    public ILearningRateSchedule LearningRateScheduler { get => Training.Schedule; set => Training = Training with { Schedule = value }; }

    /// <summary>How much of each label is spread over all classes, 0 to below 1 (PyTorch's <c>label_smoothing</c>). Default 0.</summary>
    public double LabelSmoothing { get => Training.LabelSmoothing; set => Training = Training with { LabelSmoothing = value }; }

    /// <summary>Random changes to the training images. Default <see cref="Core.Augmentation.None"/>. Never null.</summary>
    public IAugmentation Augmentation { get => Training.Augmentation; set => Training = Training with { Augmentation = value }; }

    /// <summary>Labelled images whose loss and accuracy are measured after each epoch, not trained on; with the same keys as the training
    /// data. Default null. A validation set given to Fit itself replaces it.</summary>
    public IDataView? ValidationSet { get; set; }

    /// <summary>Where no validation set is given: the part of the training rows, 0 to below 1, that is measured on instead of trained on,
    /// drawn by <see cref="Seed"/> so that every class gives its share. Default 0: all rows are trained on.</summary>
    public double ValidationSetFraction { get; set => field = OptionCheck.Fraction(value); }

    /// <summary>Fixes all randomness: first weights, order, augmentation, validation rows. On CPU the same seed gives the same
    /// model, to the bit. Default null: drawn from <see cref="Context"/>, so that <c>new MLContext(seed)</c> fixes it;
    /// without a context 0.</summary>
    public int? Seed { get; set; }

    /// <summary>Where the network is trained and run: "auto" (a GPU if there is one, else the CPU), "cpu", "cuda", "cuda:N" or "mps".
    /// Default "auto".</summary>
    public string Device { get => Training.Device; set => Training = Training with { Device = value }; }

    /// <summary>CPU threads to train with, from 1. Default null: all cores.</summary>
    public int? Threads { get => Training.Threads; set => Training = Training with { Threads = value }; }

    /// <summary>Images that are scored in one pass, from 1: this many rows of a view are read ahead. Default 32.</summary>
    public int ScoringBatchSize { get; set => field = OptionCheck.AtLeast(1, value); } = 32;

    /// <summary>What runs the network when rows are scored. Default <see cref="ScoringEngine.Auto"/>: ONNX Runtime on the CPU,
    /// TorchSharp on a GPU.</summary>
    public ScoringEngine ScoringEngine { get; set => field = OptionCheck.Defined(value); } = ScoringEngine.Auto;

    /// <summary>CPU threads that ONNX Runtime scores a batch with, from 1. Default null: one for each core.</summary>
    public int? ScoringThreads { get; set => field = value is { } threads ? OptionCheck.AtLeast(1, threads) : null; }

    /// <summary>Views of each image that the model's scores, and embeddings, are averaged over; the saved model.zip does the same
    /// in any app. Validation while training sees images as they are. Default <see cref="TestTimeAugmentation.None"/>.</summary>
    public TestTimeAugmentation TestTimeAugmentation { get; set => field = OptionCheck.Defined(value); }

    /// <summary>Receives the training's progress, on the training thread. Default null.</summary>
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Stops the training. The best model so far is returned, its TrainingResult says Cancelled; before the first step, and while
    /// the images are read, Fit throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The context whose log (<see cref="MLContext.Log"/>) gets the network, the device and the data, and a line an epoch
    /// with loss, accuracy and images/s, and whose seed is used when <see cref="Seed"/> is null. ML.NET does not show a catalog's context to components from
    /// outside, so it has to be given here. Default null: no log.</summary>
    public MLContext? Context { get; set; }

    /// <summary>The column of the predicted labels' names, where an image may have several; null: it has one.</summary>
    internal virtual string? LabelNamesColumn => null;

    internal ScoringOptions Scoring => new()
    {
        Engine = ScoringEngine,
        BatchSize = ScoringBatchSize,
        Threads = ScoringThreads,
        Device = Device,
        TestTimeAugmentation = TestTimeAugmentation,
        UnreadableImages = ScoringUnreadableImages,
    };

    internal ModelColumns Columns => new ModelColumns(FeatureColumnName, ScoreColumnName, PredictedLabelColumnName, EmbeddingColumnName, LabelNamesColumn).Checked();

    internal ResNetTrainerOptions Clone() => (ResNetTrainerOptions)MemberwiseClone();
}
