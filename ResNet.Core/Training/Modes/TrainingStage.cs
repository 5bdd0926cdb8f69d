namespace ResNet.Core;

/// <summary>One part of a training run: so many epochs, with its own learning rates and schedule, on some of the layers.</summary>
public sealed record TrainingStage
{
    /// <summary>Passes over the training images, at least 1.</summary>
    public required int Epochs { get; init => field = OptionCheck.AtLeast(1, value); }

    /// <summary>The head's learning rate at factor 1 of the schedule, above 0.</summary>
    public required double LearningRate { get; init => field = OptionCheck.Positive(value); }

    /// <summary>How the rates change over this stage: it is the schedule's whole run.</summary>
    public required ILearningRateSchedule Schedule { get; init => field = OptionCheck.NotNull(value); }

    /// <summary>
    /// How many layer groups are trained, from the head down: 1 is the head alone, 2 the head and the last stage. The rest is
    /// frozen: it gets no gradients, and its batch norms keep their statistics. null (default): all.
    /// </summary>
    public int? TrainedGroups { get; init => field = value is { } groups ? OptionCheck.AtLeast(1, groups) : null; }

    /// <summary>
    /// The stem's learning rate as a share of the head's, above 0 to 1 (default); the groups between have rates between, each the same
    /// multiple of the one before (fastai's <c>slice(lr * share, lr)</c>; timm's layer decay d is a share of d^(groups − 1)).
    /// </summary>
    public double LowestRate { get; init => field = OptionCheck.Share(value); } = 1;

    /// <summary>
    /// Whether the batch norms of trained layers keep their statistics, too: they normalise as they will when the network is used, whatever
    /// else is in the batch, so that small batches of few images do no harm. Their weights and biases are trained. Default false.
    /// </summary>
    public bool KeepStatistics { get; init; }

    /// <summary>Weight decay of this stage in place of the optimiser's <see cref="OptimizerOptions.WeightDecay"/>, 0 or more. null (default): that.</summary>
    public double? WeightDecay { get; init => field = value is { } decay ? OptionCheck.NotNegative(decay) : null; }
}
