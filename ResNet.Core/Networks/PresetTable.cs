namespace ResNet.Core;

/// <summary>Presets of one or of all families, by name.</summary>
internal sealed class PresetTable<T>(IEnumerable<T> presets)
    where T : NetworkSpecification
{
    public IReadOnlyList<T> All { get; } = [.. presets];

    public IReadOnlyList<string> Names => field ??= [.. All.Select(specification => specification.Name)];

    public NetworkSpecification Get(string name, int? classes)
    {
        ArgumentNullException.ThrowIfNull(name);
        NetworkSpecification found = All.FirstOrDefault(specification => specification.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no network named '{name}'. Did you mean {NearestName.Of(name, Names)}? " +
                $"Known are: {string.Join(", ", Names)}.", nameof(name));
        return (found with { Classes = classes ?? found.Classes }).Validate();
    }
}
