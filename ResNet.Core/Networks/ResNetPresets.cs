using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>The networks of the literature by name: torchvision's for ImageNet, the paper's 6n+2 for CIFAR.</summary>
public static class ResNetPresets
{
    private static readonly PresetTable<ResNetSpecification> Table = new(
    [
        ImageNet(18, BlockKind.Basic, [2, 2, 2, 2]),
        ImageNet(34, BlockKind.Basic, [3, 4, 6, 3]),
        ImageNet(50, BlockKind.Bottleneck, [3, 4, 6, 3]),
        ImageNet(101, BlockKind.Bottleneck, [3, 4, 23, 3]),
        ImageNet(152, BlockKind.Bottleneck, [3, 8, 36, 3]),
        .. new[] { 20, 32, 44, 56, 110, 1202 }.Select(depth => Cifar(depth)),
    ]);

    /// <summary>Every name that <see cref="Get"/> knows, shallow to deep: the ImageNet networks, then the CIFAR ones.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    internal static IEnumerable<ResNetSpecification> All => Table.All;

    /// <summary>The specification of that name (case does not matter).</summary>
    /// <param name="name">resnet18, 34, 50, 101, 152 (224×224) or resnet20, 32, 44, 56, 110, 1202 (32×32).</param>
    /// <param name="classes">Number of classes, at least 2; null (default): 1000 for ImageNet, 10 for CIFAR networks.</param>
    /// <exception cref="ArgumentException">The name is unknown (the message suggests the nearest), or there are too few classes.</exception>
    public static ResNetSpecification Get(string name, int? classes = null) => (ResNetSpecification)Table.Get(name, classes);

    /// <summary>The paper's CIFAR network of that depth: three stages of n blocks, widths 16, 32, 64, option A (He et al. 2015, 4.2).</summary>
    /// <param name="depth">Weighted layers: 6n+2, at least 8, such as 20, 32, 44, 56, 110.</param>
    /// <param name="classes">Number of classes, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">The depth is not 6n+2, or there are too few classes.</exception>
    public static ResNetSpecification Cifar(int depth, int classes = 10)
    {
        if (depth < 8 || depth % 6 != 2)
        {
            var below = Math.Max(8, ((depth - 2) / 6 * 6) + 2);
            throw new ArgumentException(
                $"A CIFAR network's depth is 6n+2 (stem, three stages of n two-layer blocks, classifier), but {depth} is not; " +
                $"the nearest are {below} and {below + 6}.", nameof(depth));
        }

        var n = (depth - 2) / 6;
        return new ResNetSpecification
        {
            Name = $"resnet{depth}",
            Stem = StemKind.Cifar,
            Block = BlockKind.Basic,
            Stages = [n, n, n],
            Width = 16,
            Shortcut = ShortcutOption.A,
            Classes = classes,
            InputSize = 32,
            Normalization = Normalization.Cifar10,
        }.Validate();
    }

    private static ResNetSpecification ImageNet(int depth, BlockKind block, ImmutableArray<int> stages) =>
        new() { Name = $"resnet{depth}", Block = block, Stages = stages };
}
