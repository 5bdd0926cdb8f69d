namespace TransferLearning;

/// <summary>Which layers are trained.</summary>
internal enum Mode
{
    Frozen,
    FineTune,
    Full,
}

/// <summary>The command line's values, with what follows from each other.</summary>
internal sealed record Settings(
    string? Data, string Weights, string? Arch, Mode Mode, int Epochs, int BatchSize, double LearningRate, int? Size, double TestFraction,
    int Seed, string Device, string Output)
{
    /// <summary>The word for random weights.</summary>
    public const string None = "none";

    /// <summary>Comes from a package registry, so it is there where nothing else is reached.</summary>
    private const string DefaultWeights = "resnet50.keras_in1k";

    public static Settings Of(
        string? data, string? weights, string? arch, string? mode, int? epochs, int batchSize, double? rate, int? size, double testFraction,
        int seed, string device, string output)
    {
        weights ??= data is null ? None : DefaultWeights;
        mode ??= weights == None ? "full" : "frozen";
        var chosen = mode switch { "frozen" => Mode.Frozen, "fine-tune" => Mode.FineTune, _ => Mode.Full };
        if (weights == None && chosen != Mode.Full)
            throw new ArgumentException($"--mode {mode} trains on from weights, but there are none. Give --weights, such as {DefaultWeights}, or --mode full.");
        if (testFraction is not (> 0 and < 1))
            throw new ArgumentException($"--test-fraction is {testFraction}; it must be above 0 and below 1.");
        return new(
            data, weights, arch, chosen,
            epochs ?? chosen switch { Mode.Frozen => 10, Mode.FineTune => 5, _ => 20 }, batchSize,
            rate ?? chosen switch { Mode.Frozen => 0.002, Mode.FineTune => 0.01, _ => 0.05 },
            size, testFraction, seed, device, output);
    }
}
