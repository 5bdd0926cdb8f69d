namespace ResNet.MLNet;

/// <summary>How <see cref="ImageFolder"/> and <see cref="ImageList"/> treat what they find. Immutable and thread-safe.</summary>
public sealed record ImageSetOptions
{
    /// <summary>What to do about files that can't be used. Default: <see cref="UnusableImagePolicy.Skip"/>.</summary>
    public UnusableImagePolicy Unusable { get; init; } = UnusableImagePolicy.Skip;

    /// <summary>
    /// For lists (<see cref="ImageList"/>): what stands between several classes of one image, such as ';' or '|'; an image may then have any number,
    /// or none. Default null: each has one, and the whole field is its name.
    /// </summary>
    public char? LabelSeparator { get; init; }

    /// <summary>
    /// Width × height of the largest image that is accepted, at least 1; the header tells, before anything is decoded. Default
    /// <see cref="ImageFile.DefaultMaximumPixels"/>, as in Pillow.
    /// </summary>
    public long MaximumPixels
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumPixels), value, $"MaximumPixels is {value}; it must be at least 1.");
    } = ImageFile.DefaultMaximumPixels;
}

/// <summary>What to do about image files that can't be used.</summary>
public enum UnusableImagePolicy
{
    /// <summary>Leave them out and list them: in <see cref="ImageSet.Unusable"/>, or <see cref="ResNetTransformer.SkippedRows"/>.</summary>
    Skip,

    /// <summary>Refuse the whole set with an error that names them; a trainer names the first.</summary>
    Throw,
}
