using ResNet.Core;

namespace ResNet.Tests.Core.Networks;

/// <summary>The networks that the fixtures name: presets, and variants of them, some by <see cref="ActivationOrder"/>.</summary>
internal static class Networks
{
    public static NetworkSpecification Named(string name) => (NetworkSpecification)(name.Split('-') switch
    {
        ["resnet29", "bottleneck"] => ResNetPresets.Get("resnet20") with { Name = name, Block = BlockKind.Bottleneck, Shortcut = ShortcutOption.B },
        ["survival"] => ResNetPresets.Get("resnet20") with { Name = name, SurvivalProbability = 0.5 },
        ["survival", var order] => Ordered(order) with { SurvivalProbability = 0.5 },
        ["preact_resnet29"] => ResNetPresets.PreActivation(29),
        ["wide_resnet16_2"] => ResNetPresets.Wide(16, 2),
        [var order] when Enum.TryParse<ActivationOrder>(order, out _) => Ordered(order),
        ["densenet_bc40_12"] => DenseNetPresets.Cifar(40, 12),
        [var preset] => NetworkPresets.Get(preset),
        [var preset, "v1"] => ResNetPresets.Get(preset) with { Name = name, StrideInFirst1x1 = true },
        [var preset, var option] => ResNetPresets.Get(preset) with { Name = name, Shortcut = Enum.Parse<ShortcutOption>(option.ToUpperInvariant()) },
        _ => throw new ArgumentException(name),
    });

    private static ResNetSpecification Ordered(string order) =>
        ResNetPresets.Get("resnet20") with { Name = order, Activation = Enum.Parse<ActivationOrder>(order) };
}
