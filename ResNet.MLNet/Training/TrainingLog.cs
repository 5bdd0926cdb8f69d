using Microsoft.ML;
using Microsoft.ML.Runtime;
using ResNet.Core;

namespace ResNet.MLNet.Training;

/// <summary>Writes to the log of a context, if there is one, what is trained on which device and how each epoch went; hands all
/// progress on to the user's own receiver.</summary>
internal sealed class TrainingLog : IProgress<TrainingProgress>, IDisposable
{
    private readonly IChannel? _channel;
    private readonly IProgress<TrainingProgress>? _next;
    private readonly Action<TrainingProgress>? _callback;

    public TrainingLog(IHostEnvironment? environment, IProgress<TrainingProgress>? next, Action<TrainingProgress>? callback)
    {
        (_next, _callback) = (next, callback);
        _channel = environment?.Start("Training");
    }

    public void Info(FormattableString message) => _channel?.Info(MessageSensitivity.None, FormattableString.Invariant(message));

    public void Warning(string message) => _channel?.Warning(MessageSensitivity.None, message);

    public void Report(TrainingProgress value)
    {
        if (value.Phase == TrainingPhase.Train && value.Batch == value.Batches)
            Info($"Epoch {value.Epoch} of {value.Epochs}: loss {value.Loss:0.0000}, accuracy {value.Accuracy:0.0000}, {value.ImagesPerSecond:0} images/s");
        if (value.ValidationLoss is { } loss)
            Info($"Epoch {value.Epoch} of {value.Epochs}: validation loss {loss:0.0000}, accuracy {value.ValidationAccuracy:0.0000}{(value.ValidationMeanAveragePrecision is { } map ? FormattableString.Invariant($", mean average precision {map:0.0000}") : "")}");
        _next?.Report(value);
        _callback?.Invoke(value);
    }

    /// <summary>Says why the training ended, where that is not after its last epoch, and whose weights the model has.</summary>
    public void Ended(TrainingResult result)
    {
        Info($"Steps of {result.BatchSize} images, {result.MicroBatchSize} at once, in {result.Precision}");
        if (result.Divergence is { } divergence) Warning(divergence.Message);
        if (result.CheckpointProblem is { } unsaved) Warning(unsaved);
        if (result.Stopped != StopReason.Finished) Info($"Ended after {result.Epochs.Count} epochs: {result.Stopped}");
        if (result.BestEpoch is { } best) Info($"The model has the weights of epoch {best}");
    }

    public void Dispose() => _channel?.Dispose();
}
