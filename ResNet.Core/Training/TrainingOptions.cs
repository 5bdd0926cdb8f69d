namespace ResNet.Core;

/// <summary>
/// How to train. The defaults are the original recipe: SGD with momentum 0.9, weight decay 1e-4 and rate 0.1, divided by 10 twice
/// (He et al. 2015, 3.4 and 4.2). Values are checked when set; errors name the option.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images, at least 1. Default 90 (ImageNet); the CIFAR recipe has 164.</summary>
    public int Epochs { get; init => field = AtLeast(1, value, nameof(Epochs)); } = 90;

    /// <summary>
    /// Images an optimiser step, at least 1. Default 256 (ImageNet); the CIFAR recipe has 128. A last batch of a single image
    /// joins the one before, for batch norm's sake.
    /// </summary>
    public int BatchSize { get; init => field = AtLeast(1, value, nameof(BatchSize)); } = 256;

    /// <summary>Learning rate at factor 1 of the <see cref="Schedule"/>, above 0. Default 0.1, for batches of 128 or 256; scale it with the batch size.</summary>
    public double LearningRate { get; init => field = Within(double.Epsilon, double.MaxValue, value, nameof(LearningRate), "above 0"); } = 0.1;

    /// <summary>SGD's momentum, 0 to below 1. Default 0.9.</summary>
    public double Momentum { get; init => field = Within(0, Math.BitDecrement(1.0), value, nameof(Momentum), "0 to below 1"); } = 0.9;

    /// <summary>Nesterov's momentum; needs Momentum above 0. Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 penalty on every parameter, 0 or more. Default 1e-4.</summary>
    public double WeightDecay { get; init => field = Within(0, double.MaxValue, value, nameof(WeightDecay), "0 or more"); } = 1e-4;

    /// <summary>How the rate changes over the run. Default: ÷10 at 50 % and at 75 %.</summary>
    public ILearningRateSchedule Schedule { get; init => field = NotNull(value, nameof(Schedule)); } = LearningRateSchedule.StepDecay();

    /// <summary>Share of each target spread evenly over all classes, 0 to below 1 (Szegedy et al. 2016). Default 0. Not applied to validation losses.</summary>
    public double LabelSmoothing { get; init => field = Within(0, Math.BitDecrement(1.0), value, nameof(LabelSmoothing), "0 to below 1"); }

    /// <summary>Random change of the training images. Default: none; see <see cref="Core.Augmentation"/> for the papers'.</summary>
    public IAugmentation Augmentation { get; init => field = NotNull(value, nameof(Augmentation)); } = Core.Augmentation.None;

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
    public int? Threads { get; init => field = value is { } threads ? AtLeast(1, threads, nameof(Threads)) : null; }

    private static int AtLeast(int minimum, int value, string option) =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; it must be at least {minimum}.");

    private static double Within(double minimum, double maximum, double value, string option, string range) =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; it must be {range}.");

    private static T NotNull<T>(T value, string option)
        where T : class =>
        value ?? throw new ArgumentNullException(option);
}
