using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>The published weights that are known, by name. Thread-safe; nothing is downloaded before it is asked for.</summary>
public static class Pretrained
{
    private static readonly ImmutableArray<PretrainedWeights> All =
    [
        KerasWeights.ResNet50,
        .. TorchvisionWeights.All(Network),
    ];

    /// <summary>All weights whose network exists here, by family and depth.</summary>
    public static IReadOnlyList<PretrainedWeights> List() => All;

    /// <summary>The weights of that name (case does not matter).</summary>
    /// <param name="name">timm's name, such as "resnet50.tv2_in1k".</param>
    /// <exception cref="ArgumentException">The name is unknown; the message suggests the nearest and lists its family.</exception>
    public static PretrainedWeights Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(weights => weights.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There are no pretrained weights named '{name}'. Did you mean {NearestName.Of(name, All.Select(weights => weights.Name))}? " +
                $"Known are: {string.Join(", ", All.Select(weights => weights.Name))}.", nameof(name));
    }

    private static NetworkSpecification? Network(string name) =>
        NetworkPresets.Names.Contains(name) ? NetworkPresets.Get(name) : null;
}
