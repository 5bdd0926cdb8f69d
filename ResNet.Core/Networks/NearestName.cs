namespace ResNet.Core;

/// <summary>For messages about unknown names: what the user may have meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// A known name that begins with <paramref name="name"/>, else the one with the fewest edits from it; case does not
    /// matter, and of several the first is taken.
    /// </summary>
    public static string Of(string name, IEnumerable<string> known) =>
        known.MinBy(candidate => name.Length > 0 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            ? 0
            : Distance(candidate.ToLowerInvariant(), name.ToLowerInvariant()))!;

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
