namespace ResNet.MLNet;

/// <summary>What <see cref="DataCheck"/> found in a set of images. Immutable and thread-safe.</summary>
public sealed record DataReport
{
    /// <summary>The folders or lists that the training and the validation images come from; the latter null without any.</summary>
    public required (string Train, string? Validation) Sources { get; init; }

    /// <summary>How many images each class has, in the order of the training images' classes; classes of validation alone follow.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>Width × height of the images, upright; null without any.</summary>
    public ImageSizes? Sizes { get; init; }

    /// <summary>Files that can't be used, those that only decoding shows among them.</summary>
    public IReadOnlyList<UnusableImage> Unusable { get; init; } = [];

    /// <summary>Images with an EXIF rotation.</summary>
    public int Rotated { get; init; }

    /// <summary>Images that have the same bytes as another: groups of two or more, those with different labels or on both sides first.</summary>
    public IReadOnlyList<DuplicateGroup> Duplicates { get; init; } = [];

    /// <summary>How many groups there are, also those that are not listed.</summary>
    public int DuplicateGroups { get; init; }

    /// <summary>Pairs of a training and a validation image that look the same but have other bytes, the closest first.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicates { get; init; } = [];

    /// <summary>How many validation images look like a training image, also those that are not listed.</summary>
    public int NearDuplicateImages { get; init; }

    /// <summary>Pairs of images of the same side that look the same but have other bytes, each image beside the closest before it; those
    /// with different labels first, then the closest.</summary>
    public IReadOnlyList<LookAlike> LookAlikes { get; init; } = [];

    /// <summary>How many images look like one before them on their side, also those that are not listed.</summary>
    public int LookAlikeImages { get; init; }

    /// <summary>How many of them have another label than that one.</summary>
    public int ConflictingLookAlikes { get; init; }

    /// <summary>SHA-256 over the images' contents, classes and sides, whatever the files are called and in whatever order: the data's version.</summary>
    public required string ContentHash { get; init; }

    /// <summary>What a person should know before training, one sentence each, the gravest first.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Number of training images.</summary>
    public int Train => Classes.Sum(c => c.Train);

    /// <summary>Number of validation images.</summary>
    public int Validation => Classes.Sum(c => c.Validation);
}

/// <summary>How many images a class has.</summary>
/// <param name="Name">The class.</param>
/// <param name="Train">Training images.</param>
/// <param name="Validation">Validation images.</param>
public sealed record ClassCount(string Name, int Train, int Validation);

/// <summary>The sizes of a set's images, in pixels.</summary>
/// <param name="Smallest">Width and height of the image with the fewest pixels.</param>
/// <param name="Median">Width and height of the image in the middle.</param>
/// <param name="Largest">Width and height of the image with the most pixels.</param>
public sealed record ImageSizes((int Width, int Height) Smallest, (int Width, int Height) Median, (int Width, int Height) Largest);

/// <summary>An image that a check speaks of.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Label">Its class.</param>
/// <param name="Validation">true: a validation image; false: a training image.</param>
public sealed record CheckedImage(string Path, string Label, bool Validation);

/// <summary>Images with the same bytes.</summary>
/// <param name="Images">Two or more.</param>
public sealed record DuplicateGroup(IReadOnlyList<CheckedImage> Images)
{
    /// <summary>Training and validation have the image: what validation says of it is learnt by heart.</summary>
    public bool AcrossSplits => Images.Any(i => i.Validation) && Images.Any(i => !i.Validation);

    /// <summary>The image has several labels: at least one is wrong.</summary>
    public bool ConflictingLabels => Images.Any(i => i.Label != Images[0].Label);
}

/// <summary>A training and a validation image that look the same.</summary>
/// <param name="Train">The training image.</param>
/// <param name="Validation">The validation image.</param>
/// <param name="Distance">Bits in which their difference hashes differ, of 64.</param>
public sealed record NearDuplicate(CheckedImage Train, CheckedImage Validation, int Distance);

/// <summary>Two images of the same side that look the same.</summary>
/// <param name="First">The one that comes first in its set.</param>
/// <param name="Second">The other one.</param>
/// <param name="Distance">Bits in which their difference hashes differ, of 64.</param>
public sealed record LookAlike(CheckedImage First, CheckedImage Second, int Distance);
