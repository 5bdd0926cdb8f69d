namespace ResNet.Core;

/// <summary>What one whole epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean loss (label smoothing and class weights included) over the training images, as they passed.</param>
/// <param name="TrainAccuracy">Share classified correctly, 0..1, as they passed.</param>
/// <param name="ValidationLoss">Mean loss over the validation images after the epoch; null without any.</param>
/// <param name="ValidationAccuracy">Share classified correctly, 0..1, after the epoch; null without any.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="ImagesPerSecond">Training images a second, validation not counted.</param>
public sealed record EpochMetrics(
    int Epoch,
    double TrainLoss,
    double TrainAccuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double ImagesPerSecond)
{
    /// <summary>Mean over the classes of their average precision, 0..1, after the epoch; null where it is not measured
    /// (see <see cref="TrainingProgress.ValidationMeanAveragePrecision"/>).</summary>
    public double? ValidationMeanAveragePrecision { get; init; }
}

/// <summary>What a training run came to.</summary>
/// <param name="Epochs">The epochs that were completed, in order; the last one may be cut by the time budget.</param>
/// <param name="Stopped">Why the run ended.</param>
/// <param name="Elapsed">Duration of the run.</param>
/// <param name="Device">Where it ran, such as "cpu" or "cuda:0".</param>
public sealed record TrainingResult(IReadOnlyList<EpochMetrics> Epochs, StopReason Stopped, TimeSpan Elapsed, string Device)
{
    /// <summary>The epoch after which the network had the weights that it has now; null: they are those of the latest step.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Images a step, as asked for or as chosen.</summary>
    public int BatchSize { get; init; }

    /// <summary>Images that passed through the network at once; less than the batch size where memory is short.</summary>
    public int MicroBatchSize { get; init; }

    /// <summary>What the training steps were computed in: <see cref="Precision.Float32"/> or <see cref="Precision.BFloat16"/>.</summary>
    public Precision Precision { get; init; }

    /// <summary>Where and at which learning rate the loss was no longer finite; null: it was, throughout.</summary>
    public TrainingDivergedException? Divergence { get; init; }

    /// <summary>Why the last save of the checkpoint failed, as on a full disk; the one before is still there. null: it did not.</summary>
    public string? CheckpointProblem { get; init; }

    /// <summary>What the network says of the validation images, with the weights that it has now (those of the latest measured epoch, where the
    /// run was cut in the middle of one); null without any, or where no class is decided by itself (<see cref="LossFunction.IsPerClass"/>).</summary>
    public ScoredLabels? ValidationScores { get; init; }

    /// <summary>true: stopped on request.</summary>
    public bool Cancelled => Stopped == StopReason.Cancelled;
}
