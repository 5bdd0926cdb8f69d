using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A run's checkpoint: everything that changes from epoch to epoch, when it is written, and how it is taken up again.</summary>
internal sealed class RunCheckpoint
{
    private readonly CheckpointOptions options;
    private readonly NetworkOptimizer optimizer;
    private readonly BestEpoch best;
    private readonly WeightAverage? average;
    private readonly RunState run;
    private readonly Checkpoint file;
    private bool hasSaved;

    public RunCheckpoint(
        CheckpointOptions options, ClassificationNetwork network, IReadOnlyDictionary<string, string> setting,
        NetworkOptimizer optimizer, BestEpoch best, WeightAverage? average)
    {
        (this.options, this.optimizer, this.best, this.average) = (options, optimizer, best, average);
        run = new RunState
        {
            Network = network.Specification.ToJson(),
            Setting = setting,
            Epochs = [],
            BestEpoch = null,
            ImprovedEpoch = null,
            Steps = 0,
            OptimizerSteps = [],
        };
        var (names, weights) = NamedWeights.Of(network);
        IEnumerable<(string Name, Tensor Tensor)> tensors =
        [
            .. names.Zip(weights, (name, tensor) => ($"network.{name}", tensor)),
            .. best.Weights.Select(named => ($"best.{named.Name}", named.Tensor)),
            .. average?.Named.Select(named => ($"average.{named.Name}", named.Tensor)) ?? [],
        ];
        file = new Checkpoint(options.Path, tensors.ToDictionary(named => named.Name, named => named.Tensor), optimizer);
    }

    /// <summary>Why the latest save failed; null: it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Saves the run after an epoch, where it is time to. The first save must succeed; where a later one does not, as on a full
    /// disk, the run is worth more than its copy.</summary>
    public void Write(IReadOnlyList<EpochMetrics> epochs, long steps, bool isLast)
    {
        if (!isLast && epochs.Count % options.Epochs != 0)
        {
            return;
        }

        try
        {
            file.Write(run with
            {
                Epochs = epochs,
                BestEpoch = best.Number,
                ImprovedEpoch = best.Improved,
                Steps = steps,
                AverageSteps = average?.Steps ?? 0,
                AverageUpdates = average?.Updates ?? 0,
                OptimizerSteps = [.. optimizer.State.OfType<AdamW.State>().Select(state => state.step)],
            });
            (hasSaved, Problem) = (true, null);
        }
        catch (Exception error) when (hasSaved && error is IOException or UnauthorizedAccessException)
        {
            Problem = $"The checkpoint '{options.Path}' could not be saved after epoch {epochs.Count}, the one before is still there: {error.Message}";
        }
    }

    /// <summary>Takes up what is in the file; null where there is none, or none is wanted.</summary>
    public RunState? TryRead()
    {
        if (!options.Resume || !file.Exists)
        {
            return null;
        }

        var state = file.Read(run);
        hasSaved = true;
        best.Resume(state.Epochs, state.BestEpoch, state.ImprovedEpoch);
        if (average is not null)
        {
            (average.Steps, average.Updates) = (state.AverageSteps, state.AverageUpdates);
        }

        return state;
    }
}
