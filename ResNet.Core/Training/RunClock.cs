using System.Diagnostics;

namespace ResNet.Core;

/// <summary>How far a run is, in time and in work, and the reports of it.</summary>
/// <param name="epochs">Epochs in all.</param>
/// <param name="work">Work of the whole run, in units of a batch's forward pass.</param>
/// <param name="budget">Longest duration; null: none.</param>
/// <param name="progress">Hears the reports; null: nobody.</param>
internal sealed class RunClock(int epochs, double work, TimeSpan? budget, IProgress<TrainingProgress>? progress)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private double done;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    /// <summary>Time that is left of the budget; null: no budget.</summary>
    public TimeSpan? Left => budget - Elapsed;

    /// <summary>Counts work that an earlier run has done: it takes no time of this one's.</summary>
    public void Skip(double skipped) => work -= skipped;

    /// <summary>Counts a batch, and reports it.</summary>
    public void Report(TrainingPhase phase, int epoch, int batch, int batches, EpochMeter meter, double rate, double batchWork)
    {
        done += batchWork;
        var elapsed = Elapsed;
        var remaining = elapsed * ((work - done) / done);
        var validated = phase == TrainingPhase.Validation && batch == batches;
        progress?.Report(new TrainingProgress
        {
            Phase = phase,
            Epoch = epoch,
            Epochs = epochs,
            Batch = batch,
            Batches = batches,
            Loss = meter.Loss,
            Accuracy = meter.Accuracy,
            ImagesPerSecond = meter.ImagesPerSecond,
            LearningRate = rate,
            Elapsed = elapsed,
            Remaining = Left is { } left && left < remaining ? TimeSpan.FromTicks(Math.Max(left.Ticks, 0)) : remaining,
            ValidationLoss = validated ? meter.Loss : null,
            ValidationAccuracy = validated ? meter.Accuracy : null,
            ValidationMeanAveragePrecision = validated ? meter.MeanAveragePrecision : null,
        });
    }
}
