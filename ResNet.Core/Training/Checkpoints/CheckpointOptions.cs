namespace ResNet.Core;

/// <summary>
/// Where a run saves itself, so that one that was interrupted goes on at its last saved epoch: on the CPU with the same bits as if it
/// had not been interrupted. Immutable.
/// </summary>
public sealed record CheckpointOptions
{
    /// <summary>
    /// The file: weights, optimiser, moving average, best epoch and position of the run, in the safetensors format. It is replaced as a
    /// whole, so a run that ends while writing leaves the one before.
    /// </summary>
    public required string Path
    {
        get;
        init => field = !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException("Path must be a file's.", nameof(Path));
    }

    /// <summary>Epochs from one save to the next, at least 1 (default). The end of a run is always saved.</summary>
    public int Epochs { get; init => field = OptionCheck.AtLeast(1, value); } = 1;

    /// <summary>true (default): a file that is there already is gone on from. false: it is replaced.</summary>
    public bool Resume { get; init; } = true;
}
