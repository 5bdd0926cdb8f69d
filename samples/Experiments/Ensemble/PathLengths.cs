namespace Experiments;

/// <summary>The 2^n paths through n residual blocks, each of which lets a path through its function or past it.</summary>
internal static class PathLengths
{
    /// <summary>Paths through exactly <paramref name="length"/> of n functions: n over length.</summary>
    public static double Count(int blocks, int length) =>
        Enumerable.Range(1, Math.Min(length, blocks - length)).Aggregate(1.0, (product, i) => Math.Round(product * (blocks - i + 1) / i));

    /// <summary>Share of all paths, 0..1, for each length from 0 to n: binomial with probability ½.</summary>
    public static double[] Distribution(int blocks) =>
        [.. Enumerable.Range(0, blocks + 1).Select(length => Count(blocks, length) * Math.Pow(0.5, blocks))];

    /// <summary>Every path, as whether it goes through each block's function. For small n.</summary>
    public static IEnumerable<bool[]> All(int blocks)
    {
        if (blocks is < 1 or > 20)
            throw new ArgumentOutOfRangeException(nameof(blocks), blocks, "Paths can be listed for 1 to 20 blocks: there are 2^blocks.");
        return Enumerable.Range(0, 1 << blocks).Select(path => Enumerable.Range(0, blocks).Select(i => (path >> i & 1) == 1).ToArray());
    }

    /// <summary>A path of that length, all equally likely.</summary>
    public static bool[] Draw(int blocks, int length, Random random)
    {
        var path = Enumerable.Range(0, blocks).Select(i => i < length).ToArray();
        random.Shuffle(path);
        return path;
    }

    /// <summary>The shortest range of lengths that has at least that share of the total.</summary>
    /// <param name="amounts">An amount for each length from 0 on, at least 0.</param>
    /// <param name="share">Above 0 to 1.</param>
    public static (int First, int Last) Range(IReadOnlyList<double> amounts, double share)
    {
        var (wanted, best) = (amounts.Sum() * share, (First: 0, Last: amounts.Count - 1));
        for (var first = 0; first < amounts.Count; first++)
        {
            var sum = 0.0;
            for (var last = first; last < amounts.Count; last++)
            {
                sum += amounts[last];
                if (sum >= wanted)
                {
                    best = last - first < best.Last - best.First ? (first, last) : best;
                    break;
                }
            }
        }

        return best;
    }
}
