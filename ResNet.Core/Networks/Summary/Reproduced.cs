using System.Collections.Frozen;

namespace ResNet.Core;

/// <summary>What this project has reproduced of each preset, and how. Its tests do so; one of them compares these lists with what they check.</summary>
internal static class Reproduced
{
    /// <summary>Presets whose weights' names, order, shapes and count are compared with those of PyTorch's network.</summary>
    public static readonly FrozenSet<string> Weights = FrozenSet.ToFrozenSet(
    [
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d",
        "wide_resnet50_2", "wide_resnet101_2", "plain18", "plain34", "preact_resnet50", "preact_resnet101", "preact_resnet152", "preact_resnet200",
        "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet1202", "plain20", "plain32", "plain44", "plain56", "plain110",
        "preact_resnet110", "preact_resnet164", "preact_resnet1001", "wide_resnet16_8", "wide_resnet28_10", "wide_resnet40_4",
        "resnext29_8x64d", "resnext29_16x64d", "stochastic_depth_resnet110", "stochastic_depth_resnet1202",
        "densenet121", "densenet161", "densenet169", "densenet201", "densenet_bc100_12", "densenet_bc190_40", "densenet_bc250_24",
        "densenet40_12", "densenet100_12", "densenet100_24",
    ]);

    /// <summary>Presets whose logits, with the same weights, are compared with PyTorch's.</summary>
    public static readonly FrozenSet<string> Logits = FrozenSet.ToFrozenSet(
    [
        "resnet18", "resnet34", "resnet50", "resnext50_32x4d", "resnet20", "plain18", "plain20", "preact_resnet50", "resnext29_8x64d",
        "densenet121", "densenet40_12",
    ]);

    /// <summary>Presets whose multiply-adds are compared with torchvision's, or with a count in PyTorch.</summary>
    public static readonly FrozenSet<string> MultiplyAdds = FrozenSet.ToFrozenSet(
    [
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d",
        "wide_resnet50_2", "wide_resnet101_2", "resnet20", "resnet56", "resnet110", "densenet121", "densenet161", "densenet169", "densenet201",
    ]);

    private static readonly FrozenDictionary<string, string> Further = new Dictionary<string, string>
    {
        ["resnet20"] = "given weights: logits, and PyTorch's 18.97 % wrong of the test JPEGs within 0.5 points",
        ["resnet50"] = "given Keras weights: logits on four photos",
        ["highway19"] = "depth, and the count within 3 %",
        ["highway32"] = "depth, and the count within 3 %",
        ["odenet"] = "solvers' orders; Euler's steps as residual blocks",
        ["preact_resnet1001"] = "a step of 32 images in 5.3 GB",
    }.ToFrozenDictionary();

    /// <summary>In a few words; <c>docs/networks.md</c> says what they mean.</summary>
    public static string Of(string name)
    {
        string?[] parts = [Weights.Contains(name) ? "weights" : null, Logits.Contains(name) ? "logits" : null, MultiplyAdds.Contains(name) ? "multiply-adds" : null, Further.GetValueOrDefault(name)];
        return string.Join("; ", parts.OfType<string>());
    }
}
