namespace ResNet.Core;

/// <summary>
/// Trains a network whose <see cref="TrainingMode"/> starts with the head alone: that part on features that were computed before, as
/// <see cref="HeadTrainer"/> does, and the rest on images, as <see cref="Trainer"/> does. One run at a time; not for use from several threads.
/// </summary>
/// <param name="network">The network, with the weights to start from; changed in place. It stays the caller's.</param>
/// <param name="options">How to train; augmentation, mixing and checkpoints are for the second part.</param>
public sealed class ProbedTrainer(ClassificationNetwork network, TrainingOptions options)
{
    /// <summary>How many epochs a mode trains the head alone before anything else.</summary>
    public static int ProbeEpochs(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Probe(options.Mode.Stages(options, 2)).Sum(stage => stage.Epochs);
    }

    /// <summary>Runs the training; it is one run in what it reports and returns. Afterwards the network is in eval mode.</summary>
    /// <param name="features">The training images' features; standardised in place.</param>
    /// <param name="validationFeatures">Those of the validation images, standardised in place, too; null: none.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The validation images; null: none.</param>
    /// <param name="progress">As for <see cref="Trainer.Fit"/>.</param>
    /// <param name="cancellationToken">As for <see cref="Trainer.Fit"/>.</param>
    /// <returns>The metrics of each epoch of both parts; the best one may be of either.</returns>
    /// <inheritdoc cref="HeadTrainer.Fit" path="/exception"/>
    public TrainingResult Fit(
        FeatureSet features, FeatureSet? validationFeatures, IImageDataset train, IImageDataset? validation,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var stages = options.Mode.Stages(options, LayerGroups.Of(network).Count);
        var probe = Probe(stages).ToArray();
        var all = stages.Sum(stage => stage.Epochs);
        var first = new HeadTrainer(network, options with { Mode = new Fixed(probe), Mixing = null })
            .Fit(features, validationFeatures, new Part(progress, 0, all), cancellationToken);
        if (first.Stopped is not (StopReason.Finished or StopReason.EarlyStopping) || probe.Length == stages.Count)
        {
            return first;
        }

        var before = first.Epochs.Count;
        using var probed = new WeightSnapshot(network);
        var left = options with { Mode = new Fixed([.. stages.Skip(probe.Length)]), TimeBudget = Left(first) };
        TrainingResult second;
        try
        {
            second = new Trainer(network, left).Fit(train, validation, new Part(progress, before, all), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return first with { Stopped = StopReason.Cancelled };
        }
        catch (TrainingDivergedException error)
        {
            return first with { Stopped = StopReason.Diverged, Divergence = error };
        }

        var worse = second.BestEpoch is { } chosen && Best(first) is { } best && !BestEpoch.IsBetter(second.Epochs[chosen - 1], best, options.Metric);
        if (worse)
        {
            probed.Restore();
        }

        return second with
        {
            Epochs = [.. first.Epochs, .. second.Epochs.Select(epoch => epoch with { Epoch = epoch.Epoch + before })],
            BestEpoch = worse ? first.BestEpoch : second.BestEpoch + before,
            ValidationScores = worse ? first.ValidationScores : second.ValidationScores,
            Elapsed = first.Elapsed + second.Elapsed,
        };
    }

    private static IEnumerable<TrainingStage> Probe(IEnumerable<TrainingStage> stages) => stages.TakeWhile(stage => stage.TrainedGroups == 1);

    // Which epoch's weights the probe left, where it chose one.
    private static EpochMetrics? Best(TrainingResult result) => result.BestEpoch is { } number ? result.Epochs[number - 1] : null;

    private TimeSpan? Left(TrainingResult first) =>
        options.TimeBudget is { } budget ? TimeSpan.FromTicks(Math.Max((budget - first.Elapsed).Ticks, 1)) : null;

    private sealed class Fixed(IReadOnlyList<TrainingStage> stages) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) => stages;
    }

    // A part's reports as the whole run's.
    private sealed class Part(IProgress<TrainingProgress>? whole, int before, int all) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => whole?.Report(value with { Epoch = value.Epoch + before, Epochs = all });
    }
}
