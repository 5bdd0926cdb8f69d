using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Trains for some steps at rising rates, and puts the weights back.</summary>
internal static class LearningRateTest
{
    // fastai's: how slowly the smoothed loss follows, and how far it may rise above its best.
    private const double Smoothing = 0.98, Divergence = 4;

    public static LearningRateCurve Run(
        ClassificationNetwork network, TrainingOptions options, TrainingData data, double from, double to, int steps, CancellationToken cancellation)
    {
        using var weights = new WeightSnapshot(network);
        using var optimizer = new NetworkOptimizer(network, options.Optimizer);
        optimizer.Enter(options.Mode.Stages(options, optimizer.LayerGroupCount)[^1]);
        optimizer.Train(network);
        var step = new TrainingStep(network, optimizer, data.Objective, new MicroBatches(options.MicroBatchSize ?? options.BatchSize + 1), options.Seed, PrecisionChoice.Of(network, options.Precision, data));
        var (rates, losses, random) = (new List<double>(), new List<double>(), new Random(options.Seed));
        var (average, best) = (0.0, double.PositiveInfinity);
        try
        {
            for (var i = 0; i < steps; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (i % data.Batches == 0)
                {
                    data.Shuffle(random);
                }

                using var scope = NewDisposeScope();
                using var batch = data.Load(i % data.Batches, random);
                var rate = from * Math.Pow(to / from, (double)i / steps);
                using var outcome = step.Run(batch, rate, i).cpu();
                average = (Smoothing * average) + ((1 - Smoothing) * outcome.data<float>()[0]);
                var loss = average / (1 - Math.Pow(Smoothing, i + 1));
                if (!double.IsFinite(loss))
                {
                    break;
                }

                rates.Add(rate);
                losses.Add(loss);
                best = Math.Min(best, loss);
                if (loss > Divergence * best)
                {
                    break;
                }
            }
        }
        finally
        {
            weights.Restore();
        }

        return new LearningRateCurve([.. rates], [.. losses], steps);
    }
}
