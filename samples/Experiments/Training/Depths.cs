using ResNet.Core;

namespace Experiments;

/// <summary>Networks of any depth that the papers' families have.</summary>
internal static class Depths
{
    /// <summary>The CIFAR network of that depth, 6n+2, without its shortcuts (He et al. 2015, 4.2).</summary>
    public static ResNetSpecification Plain(int depth) => ResNetPresets.Cifar(depth) with { Name = $"plain{depth}", Shortcut = ShortcutOption.None };
}
