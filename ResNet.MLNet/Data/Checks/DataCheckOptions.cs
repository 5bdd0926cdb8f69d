namespace ResNet.MLNet;

/// <summary>What <see cref="DataCheck"/> looks for. Values are checked when set. Immutable and thread-safe.</summary>
public sealed record DataCheckOptions
{
    /// <summary>Whether pictures that look the same are looked for; that decodes every image. Default true.</summary>
    public bool NearDuplicates { get; init; } = true;

    /// <summary>
    /// Bits, of the 64 of their difference hashes, in which two pictures may differ and still count as looking the same, 0 to 16.
    /// Default 6. With <see cref="MaximumGrayDifference"/> at its default, that finds 99 % of photos recompressed at JPEG quality 60
    /// or halved in size (7 in 10 of smooth ones, such as concrete), a third of those cropped by 2 %, and no false pair among
    /// 4.5 million of CIFAR-10's.
    /// </summary>
    public int MaximumDistance { get; init => field = Within(0, 16, value, nameof(MaximumDistance)); } = 6;

    /// <summary>
    /// Gray levels, of 255, by which the 9×8 pixels under the hashes may differ on average, 0 to 255. Default 2.5. Without this, half
    /// of Fashion-MNIST's test images look like a training image.
    /// </summary>
    public double MaximumGrayDifference
    {
        get;
        init => field = value is >= 0 and <= 255 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumGrayDifference), value, $"MaximumGrayDifference is {value}; it must be 0 to 255.");
    } = 2.5;

    /// <summary>Classes with fewer training images are warned of, at least 1. Default 20.</summary>
    public int MinimumImagesPerClass { get; init => field = Within(1, int.MaxValue, value, nameof(MinimumImagesPerClass)); } = 20;

    /// <summary>A class with more than this many times the images of another is warned of, at least 1. Default 10.</summary>
    public int MaximumImbalance { get; init => field = Within(1, int.MaxValue, value, nameof(MaximumImbalance)); } = 10;

    /// <summary>How many duplicates of each kind the report lists; more are counted only. At least 0. Default 100.</summary>
    public int ListedDuplicates { get; init => field = Within(0, int.MaxValue, value, nameof(ListedDuplicates)); } = 100;

    private static int Within(int minimum, int maximum, int value, string option) =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(option, value,
            $"{option} is {value}; it must be {(maximum == int.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}")}.");
}
