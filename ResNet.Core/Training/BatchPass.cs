using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>One pass over a dataset, batch by batch.</summary>
/// <param name="phase">What it is for.</param>
/// <param name="data">The dataset.</param>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="random">The augmentation's randomness; null: none.</param>
/// <param name="work">Work of each batch, for the clock.</param>
/// <param name="run">Mean loss and number of correct images of a batch.</param>
/// <param name="ranking">Where <paramref name="run"/> puts scores; null: nowhere.</param>
internal sealed class BatchPass(
    TrainingPhase phase, TrainingData data, int epoch, Random? random, double work, Func<ImageBatch, Tensor> run, RankingMeter? ranking = null)
{
    /// <summary>Runs to the end, or until it is over; null: cancelled before.</summary>
    /// <param name="clock">Hears of each batch.</param>
    /// <param name="rate">The learning rate of the latest step, for reports.</param>
    /// <param name="isOver">Whether to end before the next batch.</param>
    /// <param name="isCancelled">Whether somebody wants it to end.</param>
    public EpochMeter? Run(RunClock clock, Func<double> rate, Func<bool> isOver, Func<bool> isCancelled)
    {
        var meter = new EpochMeter(ranking);
        ImageBatch? next = null;
        try
        {
            for (var batch = 0; batch < data.Batches && !isOver(); batch++)
            {
                if (isCancelled())
                {
                    return null;
                }

                using var scope = NewDisposeScope();
                using var current = next ?? data.Load(batch, random);
                var outcome = run(current);

                // Made while the device works on the current batch, whose outcome is asked for only then: that hides its making behind a
                // GPU's work, and costs nothing on a CPU.
                next = batch + 1 < data.Batches ? data.Load(batch + 1, random) : null;

                using var read = outcome.cpu();
                var (loss, correct) = (read.data<float>()[0], read.data<float>()[1]);
                if (!float.IsFinite(loss))
                {
                    throw new TrainingDivergedException(epoch, batch + 1, rate(), loss);
                }

                meter.Add(current.Labels.shape[0], loss, correct);
                clock.Report(phase, epoch, batch + 1, data.Batches, meter, rate(), work);
            }
        }
        finally
        {
            next?.Dispose();
        }

        return meter;
    }
}
