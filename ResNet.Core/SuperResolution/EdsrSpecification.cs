using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>
/// What makes one EDSR network (Lim et al. 2017) what it is: a residual network for larger images, without batch norm. Immutable.
/// </summary>
public sealed record EdsrSpecification
{
    /// <summary>How many times larger the image becomes, along a side: 2 (default), 3, 4 or 8.</summary>
    public int Scale { get; init; } = 2;

    /// <summary>Residual blocks, at least 1. Default 16.</summary>
    public int Blocks { get; init; } = 16;

    /// <summary>Channels of all feature maps, at least 1. Default 64.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>What each block's function is multiplied with before its input is added, above 0. Default 1; the wide network has 0.1.</summary>
    public double ResidualScaling { get; init; } = 1;

    /// <summary>
    /// Mean of each channel on the 0..1 scale, which the network subtracts first and adds last; as many as the images have
    /// channels. Default: those of the DIV2K images, RGB, as in the authors' code.
    /// </summary>
    public ImmutableArray<float> Mean { get; init; } = [0.4488f, 0.4371f, 0.4040f];

    /// <summary>
    /// The range to which the network maps the pixel values 0..255, above 0 (the authors' <c>rgb_range</c>). Default 255: as they
    /// are. With 1 it learns at the rates of other networks, such as 1e-3.
    /// </summary>
    public double PixelRange { get; init; } = 255;

    /// <summary>
    /// true: the network computes what is to be added to the bicubic enlargement, beginning with nothing (Kim et al. 2016), which
    /// a short training gets further with. false (default): the whole image, as in the paper.
    /// </summary>
    public bool AddsToBicubic { get; init; }

    /// <summary>The paper's single-scale baseline: 16 blocks, 64 channels; 1.4 million parameters at scale 2.</summary>
    /// <param name="scale">2, 3, 4 or 8.</param>
    /// <exception cref="ArgumentException">The scale is another.</exception>
    public static EdsrSpecification Baseline(int scale) => new EdsrSpecification { Scale = scale }.Validate();

    /// <summary>The paper's EDSR: 32 blocks, 256 channels, residual scaling 0.1; 41 million parameters at scale 2.</summary>
    /// <param name="scale">2, 3, 4 or 8.</param>
    /// <exception cref="ArgumentException">The scale is another.</exception>
    public static EdsrSpecification Edsr(int scale) =>
        new EdsrSpecification { Scale = scale, Blocks = 32, Channels = 256, ResidualScaling = 0.1 }.Validate();

    /// <summary>Checks every rule; returns this record, so that calls can be chained.</summary>
    /// <exception cref="ArgumentException">A rule is broken; the message names the property and what is expected.</exception>
    public EdsrSpecification Validate()
    {
        Require(Scale is 2 or 3 or 4 or 8, nameof(Scale), Scale, "2, 3, 4 or 8");
        Require(Blocks >= 1, nameof(Blocks), Blocks, "at least 1");
        Require(Channels >= 1, nameof(Channels), Channels, "at least 1");
        Require(ResidualScaling > 0 && double.IsFinite(ResidualScaling), nameof(ResidualScaling), ResidualScaling, "above 0");
        Require(PixelRange > 0 && double.IsFinite(PixelRange), nameof(PixelRange), PixelRange, "above 0");
        Require(!Mean.IsDefaultOrEmpty && Mean.All(float.IsFinite), nameof(Mean), Mean.IsDefaultOrEmpty ? "empty" : string.Join(", ", Mean),
            "one finite number for each channel of the images");
        return this;
    }

    /// <summary>The factors of the pixel shuffles: 3, or twos.</summary>
    internal int[] Factors => Scale == 3 ? [3] : [.. Enumerable.Repeat(2, int.Log2(Scale))];

    private static void Require(bool rule, string property, object value, string expected)
    {
        if (!rule)
        {
            throw new ArgumentException(FormattableString.Invariant($"{property} is {value}; it must be {expected}."), property);
        }
    }
}
