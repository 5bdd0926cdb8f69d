namespace ResNet.Core;

/// <summary>What a <see cref="Trainer"/> is doing.</summary>
public enum TrainingPhase
{
    /// <summary>Optimising on the training images.</summary>
    Train,

    /// <summary>Measuring on the validation images.</summary>
    Validation,
}

/// <summary>One report, after a batch. Immutable: a report is never changed afterwards.</summary>
public sealed record TrainingProgress
{
    /// <summary>Which images the figures are of.</summary>
    public required TrainingPhase Phase { get; init; }

    /// <summary>The current epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of this phase and epoch that are done, from 1.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches in this phase of each epoch.</summary>
    public required int Batches { get; init; }

    /// <summary>Mean cross-entropy over the images of this phase and epoch so far; label smoothing is included in training only.</summary>
    public required double Loss { get; init; }

    /// <summary>Share of the images of this phase and epoch so far that were classified correctly, 0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Images of this phase and epoch so far, over the seconds they took.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The learning rate of the latest optimiser step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Since the start of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>An estimate of what is left of the run, from the pace so far.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Mean cross-entropy over all validation images; set on the last report of an epoch, where there are any.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Share of all validation images classified correctly, 0..1; set on the last report of an epoch, where there are any.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// Mean over the classes of their average precision, 0..1, of all validation images; set on the last report of an epoch, where there are
    /// any and each class is decided by itself (<see cref="LossFunction.IsPerClass"/>) or epochs are compared by it.
    /// </summary>
    public double? ValidationMeanAveragePrecision { get; init; }
}
