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
                $"There is no network named '{name}'. Did you mean {Names.MinBy(known => Distance(known, name.ToLowerInvariant()))}? " +
                $"Known are: {string.Join(", ", Names)}.", nameof(name));
        return (found with { Classes = classes ?? found.Classes }).Validate();
    }

    // Levenshtein's edit distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
