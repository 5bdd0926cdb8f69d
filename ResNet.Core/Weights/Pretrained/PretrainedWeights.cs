using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>
/// A published file of trained weights and all that is needed to use it: the network that it fits, how images are
/// prepared, what its outputs mean (timm's <c>PretrainedCfg</c>). <see cref="Pretrained"/> lists those that are known; one
/// of one's own works the same. Immutable and thread-safe.
/// </summary>
public sealed partial record PretrainedWeights
{
    private readonly string sha256 = "";

    /// <summary>timm's name: architecture, dot, who trained it and on what, such as "resnet50.tv2_in1k".</summary>
    public required string Name { get; init; }

    /// <summary>The network that the weights fit; its normalisation is the one that they were trained with.</summary>
    public required NetworkSpecification Specification { get; init; }

    /// <summary>Where the file comes from.</summary>
    public required WeightsSource Source { get; init; }

    /// <summary>
    /// SHA-256 of the file as 64 hexadecimal digits, or as many of its first digits as are published (torchvision: 8), at
    /// least 8. Every file is checked against it, whoever put it into the cache.
    /// </summary>
    public required string Sha256
    {
        get => sha256;
        init => sha256 = value is { Length: >= 8 and <= 64 } && value.All(char.IsAsciiHexDigit)
            ? value.ToLowerInvariant()
            : throw new ArgumentException($"Sha256 is '{value}'; expected 8 to 64 hexadecimal digits.", nameof(Sha256));
    }

    /// <summary>The file's size in bytes, as published: within 1 KiB. A download that exceeds it is refused.</summary>
    public required long Size { get; init; }

    /// <summary>The weights' licence as an SPDX identifier, such as "BSD-3-Clause".</summary>
    public required string Licence { get; init; }

    /// <summary>Names of the classes, in the order of the outputs. Default: ImageNet's 1000.</summary>
    public ImmutableArray<string> Labels { get; init; } = ImageNetLabels.Names;

    /// <summary>How photos are prepared for the published figures. Default: shorter side 256, centre crop 224, bilinear.</summary>
    public Preprocessing Preprocessing { get; init; } = Preprocessing.ImageNet;

    /// <summary>
    /// The channels' order in the published file. Default RGB. The loaded network always takes RGB: the readers swap the
    /// first convolution's channels of files that are BGR.
    /// </summary>
    public ChannelOrder ChannelOrder { get; init; }

    /// <summary>Published accuracy on ImageNet's 50,000 validation images, percent: the first guess is right. null: not published.</summary>
    public double? Top1 { get; init; }

    /// <summary>Published accuracy, percent: the right class is among the first five guesses. null: not published.</summary>
    public double? Top5 { get; init; }

    /// <summary>Who published the figures and where; empty where there are none.</summary>
    public string AccuracySource { get; init; } = "";

    /// <summary>The network's name: "resnet50".</summary>
    public string Architecture => Specification.Name;

    /// <summary>Height and width, pixels, of the images that the network was trained for.</summary>
    public int InputSize => Specification.InputSize;

    /// <summary>Mean and standard deviation, RGB on the 0..1 scale, that the network itself applies.</summary>
    public Normalization? Normalization => Specification.Normalization;
}
