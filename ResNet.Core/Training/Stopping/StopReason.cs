namespace ResNet.Core;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All its epochs are done.</summary>
    Finished,

    /// <summary>The metric no longer improved; see <see cref="Core.EarlyStopping"/>.</summary>
    EarlyStopping,

    /// <summary><see cref="TrainingOptions.TimeBudget"/> is spent.</summary>
    TimeBudget,

    /// <summary>On request, by the cancellation token.</summary>
    Cancelled,

    /// <summary>The loss was no longer finite; see <see cref="TrainingResult.Divergence"/>.</summary>
    Diverged,
}
