namespace ResNet.Core;

/// <summary>
/// Residual networks of the literature by name: torchvision's and the second paper's (He et al. 2016) for ImageNet, the papers'
/// own for CIFAR, and the plain networks that they are compared with.
/// </summary>
public static class ResNetPresets
{
    private static readonly PresetTable<ResNetSpecification> Table = new(
    [
        ImageNet(18), ImageNet(34), ImageNet(50), ImageNet(101), ImageNet(152),
        ImageNet(50) with { Name = "resnext50_32x4d", Groups = 32, WidthPerGroup = 4 },
        ImageNet(101) with { Name = "resnext101_32x8d", Groups = 32, WidthPerGroup = 8 },
        ImageNet(101) with { Name = "resnext101_64x4d", Groups = 64, WidthPerGroup = 4 },
        ImageNet(50) with { Name = "wide_resnet50_2", WidthPerGroup = 128 },
        ImageNet(101) with { Name = "wide_resnet101_2", WidthPerGroup = 128 },
        .. new[] { 18, 34 }.Select(depth => ImageNet(depth) with { Name = $"plain{depth}", Shortcut = ShortcutOption.None }),
        .. new[] { 50, 101, 152, 200 }.Select(depth => ImageNet(depth) with { Name = $"preact_resnet{depth}", Activation = ActivationOrder.PreActivation }),
        .. new[] { 20, 32, 44, 56, 110, 1202 }.Select(depth => Cifar(depth)),
        .. new[] { 20, 32, 44, 56, 110 }.Select(depth => Cifar(depth) with { Name = $"plain{depth}", Shortcut = ShortcutOption.None }),
        Cifar(110) with { Name = "preact_resnet110", Activation = ActivationOrder.PreActivation },
        PreActivation(164), PreActivation(1001),
        Wide(16, 8), Wide(28, 10), Wide(40, 4),
        ResNeXt29(groups: 8), ResNeXt29(groups: 16),
        .. new[] { 110, 1202 }.Select(depth => Cifar(depth) with { Name = $"stochastic_depth_resnet{depth}", SurvivalProbability = 0.5 }),
    ]);

    /// <summary>Every name that <see cref="Get"/> knows: the ImageNet networks, then the CIFAR ones.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    internal static IEnumerable<ResNetSpecification> All => Table.All;

    /// <summary>The specification of that name (case does not matter).</summary>
    /// <param name="name">
    /// For 224×224 images: resnet18, 34, 50, 101, 152; resnext50_32x4d, 101_32x8d, 101_64x4d; wide_resnet50_2, 101_2; plain18, 34;
    /// preact_resnet50, 101, 152, 200. For 32×32: resnet20, 32, 44, 56, 110, 1202; plain20, 32, 44, 56, 110;
    /// preact_resnet110, 164, 1001; wide_resnet16_8, 28_10, 40_4 (with dropout 0.3); resnext29_8x64d, 29_16x64d;
    /// stochastic_depth_resnet110, 1202.
    /// </param>
    /// <param name="classes">Number of classes, at least 2; null (default): 1000 for ImageNet, 10 for CIFAR networks.</param>
    /// <exception cref="ArgumentException">The name is unknown (the message suggests the nearest), or there are too few classes.</exception>
    public static ResNetSpecification Get(string name, int? classes = null) => (ResNetSpecification)Table.Get(name, classes);

    /// <summary>The paper's CIFAR network of that depth: three stages of n blocks, widths 16, 32, 64, option A (He et al. 2015, 4.2).</summary>
    /// <param name="depth">Weighted layers: 6n+2, at least 8, such as 20, 32, 44, 56, 110.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">The depth is not 6n+2, or there are too few classes.</exception>
    public static ResNetSpecification Cifar(int depth, int classes = 10) =>
        Cifar($"resnet{depth}", DepthRule.Blocks(depth, 6, 2, "stem, three stages of n two-layer blocks, classifier"), classes);

    /// <summary>
    /// A pre-activation network of bottleneck blocks for CIFAR: three stages of n blocks, 64, 128, 256 channels, option B
    /// (He et al. 2016, 4 and appendix).
    /// </summary>
    /// <param name="depth">Weighted layers: 9n+2, at least 11, such as 164 and 1001.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">The depth is not 9n+2, or there are too few classes.</exception>
    public static ResNetSpecification PreActivation(int depth, int classes = 10) =>
        Cifar($"preact_resnet{depth}", DepthRule.Blocks(depth, 9, 2, "stem, three stages of n three-layer blocks, classifier"), classes) with
        {
            Block = BlockKind.Bottleneck,
            Activation = ActivationOrder.PreActivation,
            Shortcut = ShortcutOption.B,
        };

    /// <summary>A wide residual network for CIFAR (Zagoruyko and Komodakis 2016), WRN-depth-factor: pre-activation, a stem of 16 channels.</summary>
    /// <param name="depth">Weighted layers with the three projections of shortcuts: 6n+4, at least 10, such as 16, 28, 40.</param>
    /// <param name="factor">How many times wider than the CIFAR ResNet's stages of 16, 32, 64 channels, at least 1.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <param name="dropout">Between a block's convolutions, 0 to below 1. Default 0.3, the paper's for CIFAR.</param>
    /// <exception cref="ArgumentException">The depth is not 6n+4, or another figure is out of its range.</exception>
    public static ResNetSpecification Wide(int depth, int factor, int classes = 10, double dropout = 0.3) =>
        (Cifar($"wide_resnet{depth}_{factor}", DepthRule.Blocks(depth, 6, 4, "stem, three stages of n two-layer blocks, three projections, classifier"), classes) with
        {
            Width = 16 * factor,
            StemWidth = 16,
            Activation = ActivationOrder.PreActivation,
            Shortcut = ShortcutOption.B,
            Dropout = dropout,
        }).Validate();

    private static ResNetSpecification ResNeXt29(int groups) => Cifar($"resnext29_{groups}x64d", blocks: 3, classes: 10) with
    {
        Block = BlockKind.Bottleneck,
        Width = 64,
        Groups = groups,
        Shortcut = ShortcutOption.B,
    };

    private static ResNetSpecification Cifar(string name, int blocks, int classes) => new ResNetSpecification
    {
        Name = name,
        Stem = StemKind.Cifar,
        Stages = [blocks, blocks, blocks],
        Width = 16,
        Shortcut = ShortcutOption.A,
        Classes = classes,
        InputSize = 32,
        Normalization = Normalization.Cifar10,
    }.Validate();

    private static ResNetSpecification ImageNet(int depth) => new()
    {
        Name = $"resnet{depth}",
        Block = depth < 50 ? BlockKind.Basic : BlockKind.Bottleneck,
        Stages = depth switch
        {
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            101 => [3, 4, 23, 3],
            152 => [3, 8, 36, 3],
            _ => [3, 24, 36, 3],
        },
    };
}
