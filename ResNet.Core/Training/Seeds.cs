namespace ResNet.Core;

/// <summary>
/// Seeds made of other seeds. Each epoch has a generator of its own, so that a run that is taken up again at an epoch needs no
/// generator's state.
/// </summary>
internal static class Seeds
{
    /// <summary>The seed of part <paramref name="index"/> of what <paramref name="seed"/> governs (SplitMix64; Steele et al. 2014).</summary>
    public static int Derive(int seed, long index)
    {
        var x = unchecked((ulong)seed + (0x9E3779B97F4A7C15 * (ulong)(index + 1)));
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return (int)((x ^ (x >> 31)) & int.MaxValue);
    }
}
