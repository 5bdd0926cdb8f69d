namespace ResNet.Core;

/// <summary>
/// Densely connected networks of the literature: torchvision's densenet121, 161, 169, 201 for 224×224 images, the paper's
/// densenet_bc100_12, 190_40, 250_24 and densenet40_12, 100_12, 100_24 (without bottlenecks and compression) for CIFAR's 32×32.
/// By name they are got from <see cref="NetworkPresets"/>.
/// </summary>
public static class DenseNetPresets
{
    internal static IEnumerable<DenseNetSpecification> All { get; } =
    [
        new() { Name = "densenet121", Blocks = [6, 12, 24, 16] },
        new() { Name = "densenet161", Blocks = [6, 12, 36, 24], GrowthRate = 48, StemWidth = 96 },
        new() { Name = "densenet169", Blocks = [6, 12, 32, 32] },
        new() { Name = "densenet201", Blocks = [6, 12, 48, 32] },
        Cifar(100, 12), Cifar(190, 40), Cifar(250, 24),
        CifarWithoutBottlenecks(40, 12), CifarWithoutBottlenecks(100, 12), CifarWithoutBottlenecks(100, 24),
    ];

    /// <summary>DenseNet-BC for CIFAR (Huang et al. 2017, 3): three blocks of n two-convolution layers, a stem of twice the growth rate.</summary>
    /// <param name="depth">Weighted layers: 6n+4, at least 10, such as 100, 190, 250.</param>
    /// <param name="growthRate">Channels that each layer adds, at least 1, such as 12, 24, 40.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">The depth is not 6n+4, or another figure is out of its range.</exception>
    public static DenseNetSpecification Cifar(int depth, int growthRate, int classes = 10)
    {
        var layers = DepthRule.Blocks(depth, 6, 4, "stem, three blocks of n two-convolution layers, two transitions, classifier");
        return Cifar($"densenet_bc{depth}_{growthRate}", layers, growthRate, stem: 2 * growthRate, classes).Validate();
    }

    /// <summary>
    /// The original DenseNet for CIFAR (Huang et al. 2017, 4.2): three blocks of n layers of one 3×3 convolution, transitions that keep
    /// all channels, a stem of 16.
    /// </summary>
    /// <param name="depth">Weighted layers: 3n+4, at least 7, such as 40 and 100.</param>
    /// <param name="growthRate">Channels that each layer adds, at least 1, such as 12 and 24.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">The depth is not 3n+4, or another figure is out of its range.</exception>
    public static DenseNetSpecification CifarWithoutBottlenecks(int depth, int growthRate, int classes = 10)
    {
        var layers = DepthRule.Blocks(depth, 3, 4, "stem, three blocks of n one-convolution layers, two transitions, classifier");
        return (Cifar($"densenet{depth}_{growthRate}", layers, growthRate, stem: 16, classes) with { BottleneckFactor = null, Compression = 1 }).Validate();
    }

    private static DenseNetSpecification Cifar(string name, int layers, int growthRate, int stem, int classes) => new()
    {
        Name = name,
        Stem = StemKind.Cifar,
        Blocks = [layers, layers, layers],
        GrowthRate = growthRate,
        StemWidth = stem,
        Classes = classes,
        InputSize = 32,
        Normalization = Normalization.Cifar10,
    };
}
