namespace ResNet.Core;

/// <summary>
/// How to train. The defaults are the original recipe: SGD with momentum 0.9, weight decay 1e-4 and rate 0.1, divided by 10 twice
/// (He et al. 2015, 3.4 and 4.2). Values are checked when set; errors name the option. Immutable.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images, at least 1. Default 90 (ImageNet); the CIFAR recipe has 164.</summary>
    public int Epochs { get; init => field = OptionCheck.AtLeast(1, value); } = 90;

    /// <summary>
    /// Images an optimiser step, at least 1. Default 256 (ImageNet); the CIFAR recipe has 128. A last batch of a single image
    /// joins the one before, for batch norm's sake. <see cref="AutomaticBatchSize"/>: the largest power of two from 8 to 128 with at
    /// least 16 steps an epoch.
    /// </summary>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 or AutomaticBatchSize
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(BatchSize), value, $"{nameof(BatchSize)} is {value}; it must be at least 1, or {AutomaticBatchSize} for one by the number of images.");
    } = 256;

    /// <summary>The <see cref="BatchSize"/>, as in Ultralytics' tools, that leaves the choice to the trainer; the result says what it was.</summary>
    public const int AutomaticBatchSize = -1;

    /// <summary>
    /// Images that pass through the network at once, at least 1: a batch is cut into such parts, whose gradients add up to the batch's
    /// (gradient accumulation), for less memory; batch norm sees the parts. null (default): the whole batch, or on the CPU as many as fit
    /// into 60 % of the free memory by an estimate. Where memory runs out all the same, the parts are halved for the rest of the run, and
    /// the step starts again.
    /// </summary>
    public int? MicroBatchSize { get; init => field = value is { } images ? OptionCheck.AtLeast(1, images) : null; }

    /// <summary>In which numbers training steps are computed. Default: float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Learning rate at factor 1 of the <see cref="Schedule"/>, above 0. Default 0.1, for batches of 128 or 256; scale it with the batch size.</summary>
    public double LearningRate { get; init => field = OptionCheck.Positive(value); } = 0.1;

    /// <summary>How the rate changes over the run. Default: ÷10 at 50 % and at 75 %.</summary>
    public ILearningRateSchedule Schedule { get; init => field = OptionCheck.NotNull(value); } = LearningRateSchedule.StepDecay();

    /// <summary>Which optimiser: <see cref="SgdOptions"/> (default) or <see cref="AdamWOptions"/>, with weight decay and gradient clipping.</summary>
    public OptimizerOptions Optimizer { get; init => field = OptionCheck.NotNull(value); } = new SgdOptions();

    /// <summary>Which layers are trained, and when. Default: all, from the first step on.</summary>
    public TrainingMode Mode { get; init => field = OptionCheck.NotNull(value); } = TrainingMode.Full();

    /// <summary>What is minimised. Default: cross-entropy, one class an image.</summary>
    public LossFunction Loss { get; init => field = OptionCheck.NotNull(value); } = LossFunction.CrossEntropy;

    /// <summary>Share of each target spread evenly over all classes, 0 to below 1 (Szegedy et al. 2016). Default 0. Not applied to validation losses.</summary>
    public double LabelSmoothing { get; init => field = OptionCheck.BelowOne(value); }

    /// <summary>
    /// Weight of each class in the training loss, above 0, as many as there are classes (torch's <c>weight</c>; where each class is decided by
    /// itself, its <c>pos_weight</c>: what the class weighs in images that have it). null (default): all the same.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init => field = value?.Select(weight => OptionCheck.Positive(weight, nameof(ClassWeights))).ToArray(); }

    /// <summary>What to do where classes have unequal numbers of training images. Default: nothing.</summary>
    public ClassBalancing ClassBalancing { get; init; }

    /// <summary>Random change of the training images. Default: none; see <see cref="Core.Augmentation"/> for the papers'.</summary>
    public IAugmentation Augmentation { get; init => field = OptionCheck.NotNull(value); } = Core.Augmentation.None;

    /// <summary>Mixing of the images of each training batch, after the augmentation. null (default): none; see <see cref="Core.Mixing"/>.</summary>
    public IBatchMixing? Mixing { get; init; }

    /// <summary>A moving average of the weights, which is then what is validated and kept. null (default): none.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>By which figure epochs are compared. Default: accuracy.</summary>
    public TrainingMetric Metric { get; init; }

    /// <summary>Where there are validation images: whether the network ends with the best epoch's weights by <see cref="Metric"/> (default true) or the last one's.</summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>When to end before all epochs are done. null (default): never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Longest duration of the run, above 0; the validation of the epoch that it cuts comes on top. Where it will not do for all epochs, the
    /// schedule goes by the time instead of the steps, so that the rate still comes down (Li et al. 2020). null (default): none.
    /// </summary>
    public TimeSpan? TimeBudget
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(TimeBudget), value, $"{nameof(TimeBudget)} must be above 0.");
    }

    /// <summary>A file that the run saves itself to, and goes on from after an interruption. null (default): none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Seed of shuffling and augmentation; on the CPU, the same seed, network and data give the same bits. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Where to train: "auto" (default: CUDA if there is a GPU, else CPU), "cpu", "cuda", "cuda:N" or "mps".</summary>
    public string Device
    {
        get;
        init
        {
            DeviceSelection.Check(value, nameof(Device));
            field = value;
        }
    } = "auto";

    /// <summary>
    /// CPU threads of each operator during the run, at least 1 (<c>torch.set_num_threads</c>: it holds for the whole process meanwhile).
    /// null (default): torch's own choice, every core unless OMP_NUM_THREADS or a call of yours says otherwise.
    /// </summary>
    public int? Threads { get; init => field = value is { } threads ? OptionCheck.AtLeast(1, threads) : null; }
}
