using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Compares a run's epochs, keeps the weights of the best one, and says when to stop.</summary>
/// <param name="module">Whose weights are kept.</param>
/// <param name="metric">What epochs are compared by.</param>
/// <param name="selective">true: keep the best epoch's weights; false: the latest one's.</param>
/// <param name="stopping">When to stop; null: never.</param>
internal sealed class BestEpoch(Module module, TrainingMetric metric, bool selective, EarlyStopping? stopping) : IDisposable
{
    private readonly WeightSnapshot weights = new(module);
    private EpochMetrics? best;
    private EpochMetrics? improved;

    /// <summary>The epoch whose weights are kept; null before the first, when they are those of the start.</summary>
    public int? Number => best?.Epoch;

    /// <summary>Whether the kept weights are the run's outcome, however it ends.</summary>
    public bool IsSelective => selective;

    /// <summary>Takes note of an epoch whose weights the module has now.</summary>
    /// <returns>true: it is time to stop.</returns>
    public bool Offer(EpochMetrics epoch)
    {
        if (Note(epoch))
        {
            weights.Take();
        }

        return stopping is not null && epoch.Epoch - improved!.Epoch >= stopping.Patience;
    }

    /// <summary>Gives the module the kept weights.</summary>
    public void Restore() => weights.Restore();

    public void Dispose() => weights.Dispose();

    // Whether the epoch's weights are to be kept. Patience counts from the last improvement by MinDelta or more.
    private bool Note(EpochMetrics epoch)
    {
        if (improved is null || Gain(epoch, improved) > (stopping?.MinDelta ?? 0))
        {
            improved = epoch;
        }

        if (selective && best is not null && !IsBetter(epoch, best))
        {
            return false;
        }

        best = epoch;
        return true;
    }

    private bool IsBetter(EpochMetrics epoch, EpochMetrics than) =>
        Gain(epoch, than) is var gain && (gain > 0 || (gain == 0 && Loss(epoch) < Loss(than)));

    private double Gain(EpochMetrics epoch, EpochMetrics from) => metric == TrainingMetric.Loss
        ? Loss(from) - Loss(epoch)
        : Accuracy(epoch) - Accuracy(from);

    private static double Loss(EpochMetrics epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    private static double Accuracy(EpochMetrics epoch) => epoch.ValidationAccuracy ?? epoch.TrainAccuracy;
}
