using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <content>How it is trained, beyond the essentials. Every default is that of <see cref="TrainingOptions"/>.</content>
public abstract partial class ResNetTrainerOptions
{
    /// <summary>Published weights to start from, as <c>Pretrained.Get("resnet50.keras_in1k")</c>: their network is taken, with a fresh classifier;
    /// <see cref="Arch"/> and <see cref="Specification"/> are to be left null. They are downloaded where they are not in the cache. Prepare the images
    /// as the weights' <see cref="PretrainedWeights.Preprocessing"/> says, and see <see cref="Mode"/> for how to train on. Default null: random weights.</summary>
    public PretrainedWeights? Weights { get; set; }

    /// <summary>Weights of one's own to start from, as <see cref="WeightsFile.Read(string)"/> gives them, for the network that <see cref="Specification"/>
    /// or <see cref="Arch"/> names; their classifier is left out for a fresh one. Default null: random weights. Not together with
    /// <see cref="Weights"/> or <see cref="ContinueFrom"/>.</summary>
    public StateDict? InitialWeights { get; set; }

    /// <summary>Which layers are trained, and when: <see cref="TrainingMode.Full"/> (default), <see cref="TrainingMode.HeadOnly"/>,
    /// <see cref="TrainingMode.FineTune"/>, <see cref="TrainingMode.GradualUnfreezing"/>. Never null.</summary>
    public TrainingMode Mode { get => Training.Mode; set => Training = Training with { Mode = value }; }

    /// <summary>Share of the classifier's input that is zeroed at random in training, 0 to below 1. Default null: the network's own, 0 for every preset.</summary>
    public double? HeadDropout { get; set => field = value is { } share ? OptionCheck.Fraction(share) : null; }

    /// <summary>Probability that the last block of a residual network is there in a training step, above 0 to 1; the blocks before are so more
    /// often, in a line from 1 (stochastic depth, Huang et al. 2016). Default null: the network's own, 1 for every preset.</summary>
    public double? SurvivalProbability
    {
        get;
        set => field = value is null or (> 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SurvivalProbability), value, $"{nameof(SurvivalProbability)} is {value}; it must be above 0, at most 1.");
    }

    /// <summary>What is minimised: for one class an image <see cref="LossFunction.CrossEntropy"/> (default there) or
    /// <see cref="LossFunction.SoftmaxFocal"/>; for several <see cref="LossFunction.BinaryCrossEntropy"/> (default there) or
    /// <see cref="LossFunction.Focal"/>. Never null.</summary>
    public LossFunction Loss { get => Training.Loss; set => Training = Training with { Loss = value }; }

    /// <summary>When to end before all epochs are done; the best epoch's weights are kept. Default null: never. The criteria have no state:
    /// each Fit starts anew.</summary>
    public EarlyStopping? EarlyStoppingCriteria { get => Training.EarlyStopping; set => Training = Training with { EarlyStopping = value }; }

    /// <summary>By which figure epochs are compared. Default <see cref="TrainingMetric.Accuracy"/>; where an image may have several classes
    /// <see cref="TrainingMetric.MeanAveragePrecision"/>.</summary>
    public TrainingMetric Metric { get => Training.Metric; set => Training = Training with { Metric = value }; }

    /// <summary>Where there is a validation set: whether the model has the weights of the best epoch (default true) or of the last one.</summary>
    public bool KeepBest { get => Training.KeepBest; set => Training = Training with { KeepBest = value }; }

    /// <summary>Longest duration of the training, above 0; the learning rate comes down in time. Default null: none.</summary>
    public TimeSpan? TimeBudget { get => Training.TimeBudget; set => Training = Training with { TimeBudget = value }; }

    /// <summary>Images that pass through the network at once, from 1; a batch is cut into such parts (gradient accumulation). Default null: the
    /// whole batch, or on the CPU as many as the free memory has room for. Halved where memory runs out.</summary>
    public int? MicroBatchSize { get => Training.MicroBatchSize; set => Training = Training with { MicroBatchSize = value }; }

    /// <summary>In which numbers training steps are computed: <see cref="Core.Precision.Float32"/> (default), <see cref="Core.Precision.BFloat16"/> or
    /// <see cref="Core.Precision.Fastest"/>.</summary>
    public Precision Precision { get => Training.Precision; set => Training = Training with { Precision = value }; }

    /// <summary>What to do where classes have unequal numbers of rows: nothing (default), weights in the loss, or balanced sampling.</summary>
    public ClassBalancing ClassBalancing { get => Training.ClassBalancing; set => Training = Training with { ClassBalancing = value }; }

    /// <summary>Weight of each class in the loss, above 0, in the order of the label's classes; where an image may have several, the weight of
    /// images that have the class (torch's <c>pos_weight</c>). Default null: all the same.</summary>
    public IReadOnlyList<double>? ClassWeights { get => Training.ClassWeights; set => Training = Training with { ClassWeights = value }; }

    /// <summary>Mixing of the images of each batch: <see cref="Core.Mixing.Mixup"/>, <see cref="Core.Mixing.CutMix"/>. Default null: none.</summary>
    public IBatchMixing? Mixing { get => Training.Mixing; set => Training = Training with { Mixing = value }; }

    /// <summary>A moving average of the weights, which becomes the model. Default null: none.</summary>
    public WeightAveraging? Averaging { get => Training.Averaging; set => Training = Training with { Averaging = value }; }

    /// <summary>A file that the training saves itself to, and goes on from after an interruption. Default null: none.</summary>
    public CheckpointOptions? Checkpoint { get => Training.Checkpoint; set => Training = Training with { Checkpoint = value }; }

    /// <summary>Called with the training's progress, on the training thread, as <see cref="Progress"/> is. Default null.</summary>
    public Action<TrainingProgress>? MetricsCallback { get; set; }
}
