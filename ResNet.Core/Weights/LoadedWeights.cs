using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>What <see cref="WeightLoading.LoadWeights"/> did.</summary>
/// <param name="Missing">Names of the network that the file did not have; they keep their values.</param>
/// <param name="Unexpected">Names of the file that the network does not have.</param>
/// <param name="Skipped">Names of the classifier, left fresh because the caller said so.</param>
/// <param name="Converted">Names whose values were converted, from half precision or double, say.</param>
public sealed record LoadedWeights(
    ImmutableArray<string> Missing, ImmutableArray<string> Unexpected, ImmutableArray<string> Skipped, ImmutableArray<string> Converted)
{
    /// <summary>One line for a log, with the first names of each kind.</summary>
    public override string ToString()
    {
        var parts = new[] { ("missing", Missing), ("unexpected", Unexpected), ("fresh", Skipped), ("converted", Converted) }
            .Where(part => !part.Item2.IsEmpty)
            .Select(part => $"{part.Item2.Length} {part.Item1} ({First(part.Item2)})");
        return string.Join(", ", parts.DefaultIfEmpty("every weight loaded"));
    }

    /// <summary>The first names of a list, for messages.</summary>
    internal static string First(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(5)) + (names.Count > 5 ? $", … {names.Count - 5} more" : "");
}
