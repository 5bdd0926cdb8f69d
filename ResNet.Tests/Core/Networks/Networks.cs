using ResNet.Core;

namespace ResNet.Tests.Core.Networks;

/// <summary>The networks that the fixtures name: presets, and variants of them.</summary>
internal static class Networks
{
    public static ResNetSpecification Named(string name) => name.Split('-') switch
    {
        ["resnext50_32x4d"] => ResNetPresets.Get("resnet50") with { Name = name, Groups = 32, WidthPerGroup = 4 },
        ["wide_resnet50_2"] => ResNetPresets.Get("resnet50") with { Name = name, WidthPerGroup = 128 },
        ["resnet29", "bottleneck"] => ResNetPresets.Get("resnet20") with { Name = name, Block = BlockKind.Bottleneck, Shortcut = ShortcutOption.B },
        [var preset] => ResNetPresets.Get(preset),
        [var preset, "v1"] => ResNetPresets.Get(preset) with { Name = name, StrideInFirst1x1 = true },
        [var preset, var option] => ResNetPresets.Get(preset) with { Name = name, Shortcut = Enum.Parse<ShortcutOption>(option.ToUpperInvariant()) },
        _ => throw new ArgumentException(name),
    };
}
