using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>One run of a <see cref="Trainer"/>: its stages, epochs and passes, and when it ends.</summary>
internal sealed class TrainingRun : IDisposable
{
    // Work of a batch, in forward passes: a backward pass takes about two; one of the head alone next to nothing.
    private const double TrainWork = 3, FrozenWork = 1.1, ValidationWork = 1;

    private readonly ClassificationNetwork network;
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly TrainingData train;
    private readonly TrainingData? validation;
    private readonly NetworkOptimizer optimizer;
    private readonly IReadOnlyList<TrainingStage> stages;
    private readonly ScalarType maps;
    private readonly MicroBatches parts;
    private readonly TrainingStep step;
    private readonly WeightAverage? average;
    private readonly BestEpoch best;
    private readonly RunClock clock;
    private readonly RunCheckpoint? checkpoint;
    private readonly CancellationToken cancellation;
    private readonly List<EpochMetrics> epochs = [];
    private long stepsDone;
    private double rate;

    public TrainingRun(
        ClassificationNetwork network, TrainingOptions options, Device device, TrainingData train, TrainingData? validation,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        (this.network, this.options, this.device) = (network, options, device);
        (this.train, this.validation, this.cancellation) = (train, validation, cancellation);
        optimizer = new NetworkOptimizer(network, options.Optimizer);
        stages = options.Mode.Stages(options, optimizer.LayerGroupCount);
        if (network.HeadName is null && stages.Any(stage => stage.TrainedGroups is not null))
        {
            throw new ArgumentException(
                $"{options.Mode} trains the head alone at first, but {network.Specification.Name} has none that can be told apart: its last child with weights " +
                $"does not end in a Linear layer of {network.Specification.Classes} outputs. Use TrainingMode.Full.");
        }

        parts = new MicroBatches(options.MicroBatchSize ?? options.BatchSize + 1);
        optimizer.Enter(stages[^1]);
        optimizer.Train(network);
        maps = PrecisionChoice.Of(network, options.Precision, train);
        step = new TrainingStep(network, optimizer, train.Objective, parts, options.Seed, maps);
        average = options.Averaging is { } averaging ? new WeightAverage(network, averaging) : null;
        best = new BestEpoch(
            network, options.Metric, options.EarlyStopping is not null || (options.KeepBest && validation is not null), options.EarlyStopping);
        var work = stages.Sum(stage => stage.Epochs * ((train.Batches * Work(stage)) + ((validation?.Batches ?? 0) * ValidationWork)));
        clock = new RunClock(stages.Sum(stage => stage.Epochs), work, options.TimeBudget, progress);
        checkpoint = options.Checkpoint is { } saving
            ? new RunCheckpoint(saving, network, RunSetting.Of(options, stages, train), optimizer, best, average)
            : null;
    }

    public TrainingResult Execute()
    {
        var stopped = StopReason.Finished;
        TrainingDivergedException? divergence = null;
        var done = Resume();
        try
        {
            stopped = done > 0 && best.IsTimeToStop(epochs[^1]) ? StopReason.EarlyStopping : StopReason.Finished;
            for (var stage = 0; stage < stages.Count && stopped is StopReason.Finished; stage++)
            {
                var before = Math.Min(done, stages[stage].Epochs);
                done -= before;
                clock.Skip(before * ((train.Batches * Work(stages[stage])) + ((validation?.Batches ?? 0) * ValidationWork)));
                if (before < stages[stage].Epochs)
                {
                    stopped = Run(stage, before);
                }
            }
        }
        catch (TrainingDivergedException error)
        {
            (stopped, divergence) = (StopReason.Diverged, error);
            if (epochs.Count == 0)
            {
                best.Restore();
                throw;
            }
        }

        var kept = best.Number is not null && (best.IsSelective || stopped == StopReason.Diverged);
        if (kept)
        {
            best.Restore();
        }
        else
        {
            average?.CopyTo();
        }

        return new TrainingResult(epochs, stopped, clock.Elapsed, device.ToString())
        {
            BestEpoch = kept ? best.Number : null,
            BatchSize = options.BatchSize,
            Precision = maps == ScalarType.BFloat16 ? Precision.BFloat16 : Precision.Float32,
            MicroBatchSize = Math.Min(parts.Size, options.BatchSize),
            Divergence = divergence,
            CheckpointProblem = checkpoint?.Problem,
            ValidationScores = Scores(),
        };
    }

    public void Dispose()
    {
        best.Dispose();
        average?.Dispose();
        optimizer.Dispose();
    }

    // How many epochs an earlier run has done; its state becomes this one's.
    private int Resume()
    {
        if (checkpoint?.TryRead() is not { } state)
        {
            return 0;
        }

        epochs.AddRange(state.Epochs);
        stepsDone = state.Steps;
        rate = epochs[^1].LearningRate;
        return epochs.Count;
    }

    private StopReason Run(int index, int epochsDone)
    {
        var stage = stages[index];
        optimizer.Enter(stage);
        var stepsLeft = (stages.Skip(index).Sum(later => (long)later.Epochs) - epochsDone) * train.Batches;
        var schedule = new StageClock(stepsLeft, stage, train.Batches, epochsDone, clock);
        for (var i = epochsDone; i < stage.Epochs; i++)
        {
            var epoch = epochs.Count + 1;
            var random = new Random(Seeds.Derive(options.Seed, epoch));
            train.Shuffle(random);
            if (Train(stage, schedule, epoch, random) is not { } trained || (trained.Images > 0 && !Measure(epoch, trained)))
            {
                return StopReason.Cancelled;
            }

            if (trained.Images < train.Count)
            {
                // The time budget cut it, so it is no epoch to go on from.
                return index + 1 < stages.Count ? StopReason.Finished : StopReason.TimeBudget;
            }

            var stops = best.IsTimeToStop(epochs[^1]);
            checkpoint?.Write(epochs, stepsDone, isLast: stops || (i + 1 == stage.Epochs && index + 1 == stages.Count));
            if (stops)
            {
                return StopReason.EarlyStopping;
            }
        }

        return StopReason.Finished;
    }

    // Validates with the averaged weights, where there are any, and notes what the epoch came to; false: cancelled meanwhile.
    private bool Measure(int epoch, EpochMeter trained)
    {
        using var averaged = average?.Apply();
        var ranking = NewRanking();
        if (Validate(epoch, ranking, out var validated))
        {
            return false;
        }

        epochs.Add(new EpochMetrics(
            epoch, trained.Loss, trained.Accuracy, validated?.Loss, validated?.Accuracy, rate, trained.ImagesPerSecond)
        {
            ValidationMeanAveragePrecision = validated?.MeanAveragePrecision,
        });
        best.Offer(epochs[^1], ranking?.Scores);
        return true;
    }

    // null: cancelled before the epoch's end.
    private EpochMeter? Train(TrainingStage stage, StageClock schedule, int epoch, Random random)
    {
        optimizer.Train(network);
        using var gradients = enable_grad();
        var pass = new BatchPass(TrainingPhase.Train, train, epoch, random, Work(stage), batch =>
        {
            rate = schedule.NextRate();
            var outcome = step.Run(batch, rate, stepsDone++);
            average?.Update();
            return outcome;
        });
        return pass.Run(clock, () => rate, () => schedule.IsOver, IsCancelled);
    }

    // true: cancelled before the end.
    private bool Validate(int epoch, RankingMeter? ranking, out EpochMeter? validated)
    {
        validated = null;
        if (validation is null)
        {
            return false;
        }

        network.eval();
        using var gradients = no_grad();
        validated = new BatchPass(TrainingPhase.Validation, validation, epoch, null, ValidationWork, batch => step.Measure(batch, ranking), ranking).Run(clock, () => rate, () => false, IsCancelled);
        return validated is null;
    }

    private RankingMeter? NewRanking() => validation is not null && (options.Loss.IsPerClass || options.Metric == TrainingMetric.MeanAveragePrecision)
        ? new RankingMeter(network.Specification.Classes)
        : null;

    // What the weights say that the network has now. A run that a checkpoint had ended already has not heard it.
    private ScoredLabels? Scores()
    {
        if (best.Scores is null && epochs.Count > 0 && NewRanking() is { } ranking)
        {
            return Validate(epochs.Count, ranking, out _) ? null : ranking.Scores;
        }

        return best.Scores;
    }

    private bool IsCancelled()
    {
        if (stepsDone == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return cancellation.IsCancellationRequested;
    }

    private static double Work(TrainingStage stage) => stage.TrainedGroups == 1 ? FrozenWork : TrainWork;
}
