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

    public TrainingLog(IHostEnvironment? environment, IProgress<TrainingProgress>? next)
    {
        _next = next;
        _channel = environment?.Start("Training");
    }

    public void Info(FormattableString message) => _channel?.Info(MessageSensitivity.None, FormattableString.Invariant(message));

    public void Report(TrainingProgress value)
    {
        if (value.Phase == TrainingPhase.Train && value.Batch == value.Batches)
            Info($"Epoch {value.Epoch} of {value.Epochs}: loss {value.Loss:0.0000}, accuracy {value.Accuracy:0.0000}, {value.ImagesPerSecond:0} images/s");
        _next?.Report(value);
    }

    public void Dispose() => _channel?.Dispose();
}
