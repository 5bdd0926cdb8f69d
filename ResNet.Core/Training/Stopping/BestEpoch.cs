using static TorchSharp.torch;
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

    /// <summary>The last epoch that was an improvement for early stopping; null before the first.</summary>
    public int? Improved => improved?.Epoch;

    /// <summary>The kept weights by name; live.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => weights.Named;

    /// <summary>Whether the kept weights are the run's outcome, however it ends.</summary>
    public bool IsSelective => selective;

    /// <summary>What the kept weights say of the validation images; null where nobody told.</summary>
    public ScoredLabels? Scores { get; private set; }

    /// <summary>Whether an epoch is better than another one: by the metric, or else by the loss.</summary>
    public static bool IsBetter(EpochMetrics epoch, EpochMetrics than, TrainingMetric metric) =>
        Gain(epoch, than, metric) is var gain && (gain > 0 || (gain == 0 && Loss(epoch) < Loss(than)));

    /// <summary>Takes note of an epoch whose weights the module has now.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="scores">What the weights say of the validation images.</param>
    public void Offer(EpochMetrics epoch, ScoredLabels? scores = null)
    {
        if (Note(epoch))
        {
            weights.Take();
            Scores = scores;
        }
    }

    /// <summary>Whether the patience is over after this epoch, the latest that was offered.</summary>
    public bool IsTimeToStop(EpochMetrics latest) => stopping is not null && latest.Epoch - improved!.Epoch >= stopping.Patience;

    /// <summary>Takes up where another run was; the kept weights are to be set through <see cref="Weights"/>.</summary>
    public void Resume(IReadOnlyList<EpochMetrics> epochs, int? bestEpoch, int? improvedEpoch)
    {
        best = epochs.FirstOrDefault(epoch => epoch.Epoch == bestEpoch);
        improved = epochs.FirstOrDefault(epoch => epoch.Epoch == improvedEpoch);
    }

    /// <summary>Gives the module the kept weights.</summary>
    public void Restore() => weights.Restore();

    public void Dispose() => weights.Dispose();

    // Whether the epoch's weights are to be kept. Patience counts from the last improvement by MinDelta or more.
    private bool Note(EpochMetrics epoch)
    {
        if (improved is null || Gain(epoch, improved, metric) > (stopping?.MinDelta ?? 0))
        {
            improved = epoch;
        }

        if (selective && best is not null && !IsBetter(epoch, best, metric))
        {
            return false;
        }

        best = epoch;
        return true;
    }

    private static double Gain(EpochMetrics epoch, EpochMetrics from, TrainingMetric metric) => metric switch
    {
        TrainingMetric.Accuracy => Accuracy(epoch) - Accuracy(from),
        TrainingMetric.MeanAveragePrecision when epoch.ValidationMeanAveragePrecision - from.ValidationMeanAveragePrecision is { } gain => gain,
        _ => Loss(from) - Loss(epoch),
    };

    private static double Loss(EpochMetrics epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    private static double Accuracy(EpochMetrics epoch) => epoch.ValidationAccuracy ?? epoch.TrainAccuracy;
}
