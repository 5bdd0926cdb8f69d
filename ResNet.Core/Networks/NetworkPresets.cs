namespace ResNet.Core;

/// <summary>The networks of every family by name, as the literature and torchvision name them.</summary>
public static class NetworkPresets
{
    private static readonly PresetTable<NetworkSpecification> Table = new(
    [
        .. ResNetPresets.All,
        .. DenseNetPresets.All,
        .. HighwayPresets.All,
        // Chen et al. 2018, table 1, with three channels of 32×32 instead of one of 28×28.
        new OdeNetSpecification { Name = "odenet", Classes = 10, InputSize = 32, Normalization = Normalization.Cifar10 },
    ]);

    /// <summary>Every name that <see cref="Get"/> knows.</summary>
    public static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The specification of that name (case does not matter).</summary>
    /// <param name="name">One of <see cref="Names"/>, such as resnet50 (224×224) or resnet20 (32×32).</param>
    /// <param name="classes">Number of classes, at least 2; null (default): those of the data set that the preset is published for.</param>
    /// <exception cref="ArgumentException">The name is unknown (the message suggests the nearest), or there are too few classes.</exception>
    public static NetworkSpecification Get(string name, int? classes = null) => Table.Get(name, classes);
}
