namespace Experiments;

/// <summary>Orders of blocks, and how far they are from the trained one.</summary>
internal static class BlockOrders
{
    /// <summary>A random order in which only blocks of one stage that keep the shape change places.</summary>
    /// <param name="sizes">Blocks in each stage.</param>
    /// <param name="keepsShape">Whether a block, by its index in all, may move.</param>
    /// <param name="swaps">Pairs that change places, one after the other.</param>
    /// <param name="random">Draws them.</param>
    public static int[] Draw(IReadOnlyList<int> sizes, Func<int, bool> keepsShape, int swaps, Random random)
    {
        var order = Enumerable.Range(0, sizes.Sum()).ToArray();
        var first = 0;
        List<int[]> movable = [];
        foreach (var size in sizes)
        {
            movable.Add([.. Enumerable.Range(first, size).Where(keepsShape)]);
            first += size;
        }

        movable.RemoveAll(places => places.Length < 2);
        for (var i = 0; i < swaps && movable.Count > 0; i++)
        {
            var places = movable[random.Next(movable.Count)];
            var (a, b) = (places[random.Next(places.Length)], places[random.Next(places.Length)]);
            (order[a], order[b]) = (order[b], order[a]);
        }

        return order;
    }

    /// <summary>Kendall's rank correlation with the trained order: 1 for the same order, −1 for the reverse.</summary>
    public static double KendallTau(IReadOnlyList<int> order)
    {
        var (score, pairs) = (0, 0);
        for (var i = 0; i < order.Count; i++)
        {
            for (var j = i + 1; j < order.Count; j++)
                (score, pairs) = (score + Math.Sign(order[j] - order[i]), pairs + 1);
        }

        return (double)score / pairs;
    }

    /// <summary>Pearson's correlation of the ranks (Spearman 1904); values that are equal share their mean rank.</summary>
    public static double RankCorrelation(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (a, b) = (Ranks(x), Ranks(y));
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) - 1) / 2.0))];
}
