namespace ResNet.Core;

/// <summary>
/// Ends training when <see cref="TrainingOptions.Metric"/> no longer improves; the network then has the weights of the best epoch.
/// Immutable and without state of its own: it serves any number of runs. The defaults are ML.NET's EarlyStopping's.
/// </summary>
public sealed record EarlyStopping
{
    /// <summary>Epochs without an improvement after which training ends, at least 1. Default 20.</summary>
    public int Patience { get; init => field = OptionCheck.AtLeast(1, value); } = 20;

    /// <summary>Smallest change that counts as an improvement, 0 or more. Default 0.01.</summary>
    public double MinDelta { get; init => field = OptionCheck.NotNegative(value); } = 0.01;
}
