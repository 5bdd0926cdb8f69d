namespace TransferLearning;

/// <summary>The command line's values; null where the default depends on others.</summary>
internal sealed record Settings
{
    /// <summary>The word for random weights.</summary>
    public const string None = "none";

    /// <summary>Comes from a package registry, so it is there where nothing else is reached.</summary>
    private const string DefaultWeights = "resnet50.keras_in1k";

    public string? Data { get; init; }

    public string? TestData { get; init; }

    /// <summary>A name, a file, or <see cref="None"/>.</summary>
    public string? Weights { get => field ?? (Data is null ? None : DefaultWeights); init; }

    public string? Arch { get; init; }

    public string? Normalization { get; init; }

    /// <summary>frozen, fine-tune or full.</summary>
    public string? Mode { get => field ?? (Weights == None ? "full" : "frozen"); init; }

    public int? Images { get; init; }

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public int? Size { get; init; }

    public double TestFraction { get; init; }

    public int Seed { get; init; }

    public int Repeat { get; init; }

    public required string Device { get; init; }

    public required string Output { get; init; }

    /// <summary>These settings, if they go together.</summary>
    public Settings Checked()
    {
        if (Weights == None && Mode != "full")
            throw new ArgumentException($"--mode {Mode} trains on from weights, but there are none. Give --weights, such as {DefaultWeights}, or --mode full.");
        if (TestFraction is not (> 0 and < 1))
            throw new ArgumentException($"--test-fraction is {TestFraction}; it must be above 0 and below 1.");
        if (TestData is not null && Data is null)
            throw new ArgumentException("--test-data has images to test on, but there is no --data with images to train on.");
        if (Normalization is not null && Arch is null)
            throw new ArgumentException("--normalization is for a weights file of your own; name its network with --arch.");
        if (Images is < 2)
            throw new ArgumentException($"--images is {Images}; it must be at least 2.");
        return Repeat >= 1 ? this : throw new ArgumentException($"--repeat is {Repeat}; it must be at least 1.");
    }
}
