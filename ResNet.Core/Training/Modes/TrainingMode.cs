namespace ResNet.Core;

/// <summary>
/// Which layers are trained, and when. The layer groups are the stem, each stage of the network, and the head (the classifier).
/// Derive from it for a plan of one's own. Immutable and safe to share.
/// </summary>
public abstract class TrainingMode
{
    private static readonly TrainingMode AllLayers = new FullMode(1);

    /// <summary>Every layer from the first step on.</summary>
    /// <param name="lowestRate">The stem's learning rate as a share of the head's, above 0 to 1 (default): see <see cref="TrainingStage.LowestRate"/>.</param>
    public static TrainingMode Full(double lowestRate = 1) => lowestRate == 1 ? AllLayers : new FullMode(Checked(lowestRate));

    /// <summary>The classifier alone, on the features as they are.</summary>
    public static TrainingMode HeadOnly() => new HeadOnlyMode();

    /// <summary>
    /// fastai's <c>fine_tune</c>: the head alone, then all layers for <see cref="TrainingOptions.Epochs"/> at half the learning rate and,
    /// towards the stem, lower; each part one cycle. <see cref="TrainingOptions.Schedule"/> has no part in it.
    /// </summary>
    /// <param name="freezeEpochs">Epochs of the head alone, at least 1 (default).</param>
    /// <param name="lowestRate">The stem's learning rate as a share of the head's, above 0 to 1. Default 0.01.</param>
    public static TrainingMode FineTune(int freezeEpochs = 1, double lowestRate = 0.01) =>
        new FineTuneMode(OptionCheck.AtLeast(1, freezeEpochs, nameof(freezeEpochs)), Checked(lowestRate));

    /// <summary>
    /// Linear probing, then fine-tuning (Kumar et al. 2022): the head alone until it fits the features, then the upper layers for
    /// <see cref="TrainingOptions.Epochs"/> at <see cref="TrainingOptions.LearningRate"/> and <see cref="TrainingOptions.Schedule"/>. So
    /// the gradients of a random head never reach the features. Batch norms keep their statistics, so batches may be small.
    /// </summary>
    /// <param name="probe">How the head is trained: its Epochs, LearningRate, Schedule and the WeightDecay of its optimiser; see <see cref="TransferRecipe.Frozen"/>.</param>
    /// <param name="trainedGroups">How many layer groups are trained after that, from the head down, at least 1; null (default): all.</param>
    /// <param name="lowestRate">The stem's learning rate as a share of the head's, above 0 to 1 (default).</param>
    public static TrainingMode ProbeThenFineTune(TrainingOptions probe, int? trainedGroups = null, double lowestRate = 1)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return new ProbeMode(probe, trainedGroups is { } groups ? OptionCheck.AtLeast(1, groups, nameof(trainedGroups)) : null, Checked(lowestRate));
    }

    /// <summary>
    /// Gradual unfreezing (Howard and Ruder 2018): the head alone, then one more layer group at a time from the top, and at last all
    /// layers for <see cref="TrainingOptions.Epochs"/>. Each part runs the whole schedule.
    /// </summary>
    /// <param name="epochsPerGroup">Epochs of each part but the last, at least 1 (default).</param>
    /// <param name="lowestRate">The stem's learning rate as a share of the head's, above 0 to 1 (default).</param>
    public static TrainingMode GradualUnfreezing(int epochsPerGroup = 1, double lowestRate = 1) =>
        new GradualMode(OptionCheck.AtLeast(1, epochsPerGroup, nameof(epochsPerGroup)), Checked(lowestRate));

    /// <summary>The run's parts, in order; at least one.</summary>
    /// <param name="options">The options of the run; their Epochs, LearningRate and Schedule are this plan's to use.</param>
    /// <param name="layerGroups">How many layer groups the network has, at least 2.</param>
    public abstract IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups);

    private static TrainingStage Stage(TrainingOptions options) =>
        new() { Epochs = options.Epochs, LearningRate = options.LearningRate, Schedule = options.Schedule };

    private static double Checked(double lowestRate) => OptionCheck.Share(lowestRate, nameof(lowestRate));

    private sealed class FullMode(double lowestRate) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
            [Stage(options) with { LowestRate = lowestRate }];

        public override string ToString() => "full";
    }

    private sealed class HeadOnlyMode : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
            [Stage(options) with { TrainedGroups = 1 }];

        public override string ToString() => "head only";
    }

    // The rates' ends are fastai's: the first a 25th (then a fifth) of the peak, the last a 100,000th.
    private sealed class FineTuneMode(int freezeEpochs, double lowestRate) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
        [
            Stage(options) with { Epochs = freezeEpochs, TrainedGroups = 1, Schedule = LearningRateSchedule.OneCycle(0.99, 25, 1e5 / 25) },
            Stage(options) with
            {
                LearningRate = options.LearningRate / 2,
                LowestRate = lowestRate,
                Schedule = LearningRateSchedule.OneCycle(0.3, 5, 1e5 / 5),
            },
        ];

        public override string ToString() => $"fine-tune ({freezeEpochs} frozen)";
    }

    private sealed class ProbeMode(TrainingOptions probe, int? trainedGroups, double lowestRate) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
        [
            Stage(probe) with { TrainedGroups = 1, WeightDecay = probe.Optimizer.WeightDecay },
            Stage(options) with { TrainedGroups = trainedGroups, LowestRate = lowestRate, KeepStatistics = true },
        ];

        public override string ToString() => $"probe ({probe.Epochs} epochs), then fine-tune";
    }

    private sealed class GradualMode(int epochsPerGroup, double lowestRate) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
        [
            .. Enumerable.Range(1, layerGroups - 1)
                .Select(groups => Stage(options) with { Epochs = epochsPerGroup, TrainedGroups = groups, LowestRate = lowestRate }),
            Stage(options) with { LowestRate = lowestRate },
        ];

        public override string ToString() => $"gradual unfreezing ({epochsPerGroup} a group)";
    }
}
