namespace Experiments;

/// <summary>How large an experiment is.</summary>
internal enum Scale
{
    /// <summary>Seconds; shows nothing but that it runs.</summary>
    Tiny,

    /// <summary>Under five minutes on two cores.</summary>
    Quick,

    /// <summary>As the paper.</summary>
    Full,
}

/// <summary>The command line's values.</summary>
internal sealed record Settings
{
    public Scale Scale { get; init; } = Scale.Quick;

    /// <summary>fashion-mnist, generated, or a folder: CIFAR-10's binary version, or images in train/CLASS and test/CLASS.</summary>
    public string Data { get; init; } = "fashion-mnist";

    /// <summary>Images to train on; null: the experiment's own number.</summary>
    public int? Images { get; init; }

    /// <summary>Passes over them; null: the experiment's own number.</summary>
    public int? Epochs { get; init; }

    public int Seed { get; init; } = 1;

    public string Device { get; init; } = "auto";

    /// <summary>The folder for pictures and CSV files.</summary>
    public string Output { get; init; } = Path.Combine("artifacts", "experiments");

    /// <summary>The value for this scale.</summary>
    public T Pick<T>(T tiny, T quick, T full) => Scale switch { Scale.Tiny => tiny, Scale.Quick => quick, _ => full };
}
