namespace ResNet.Core;

/// <summary>
/// The depths of the CIFAR experiments of Srivastava et al. 2015. The number of layers is theirs; the widths are chosen here so that
/// the parameters come near their 2.3 and 1.25 million, since the paper does not list every layer.
/// </summary>
internal static class HighwayPresets
{
    public static IEnumerable<HighwaySpecification> All { get; } =
    [
        new() { Name = "highway19", Stages = [5, 5, 5], Widths = [32, 80, 128], Classes = 10, InputSize = 32, Normalization = Normalization.Cifar10 },
        new() { Name = "highway32", Stages = [10, 9, 9], Widths = [32, 48, 64], Classes = 10, InputSize = 32, Normalization = Normalization.Cifar10 },
    ];
}
