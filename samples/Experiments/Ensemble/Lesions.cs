namespace Experiments;

/// <summary>Blocks that are deleted from trained networks, one or several, or change places (Veit et al. 2016, section 4).</summary>
internal static class Lesions
{
    public static Results Run(ResidualChain residual, ResidualChain plain, string residualName, string plainName, ImageData data, Settings settings, CancellationToken cancel)
    {
        var (errors, plainErrors) = (new ChainErrors(residual, data, cancel), new ChainErrors(plain, data, cancel));
        var (whole, plainWhole) = (errors.Whole(), plainErrors.Whole());
        double[] single = [.. Enumerable.Range(0, residual.Blocks.Count).Select(i => errors.Without(i))];
        double[] plainSingle = [.. Enumerable.Range(0, plain.Blocks.Count).Select(i => plainErrors.Without(i))];
        var random = new Random(settings.Seed);
        var samples = settings.Pick(1, 3, 25);
        var several = Several(residual, errors, whole, samples, random);
        var orders = Reordered(residual, errors, settings.Pick(2, 15, 100), random);

        var table = new Table("ensemble-lesions", ["network", "change", "value", "test_error"]);
        table.Add(residualName, "none", 0, whole);
        table.Add(plainName, "none", 0, plainWhole);
        foreach (var (i, error) in single.Index())
            table.Add(residualName, "without block", i + 1, error);
        foreach (var (i, error) in plainSingle.Index())
            table.Add(plainName, "without block", i + 1, error);
        foreach (var (count, error) in several)
            table.Add(residualName, "mean without so many blocks", count, error);
        foreach (var (tau, error) in orders)
            table.Add(residualName, "reordered, Kendall tau", tau, error);

        var (lost, plainLost) = (Median(single) - whole, Median(plainSingle) - plainWhole);
        var smooth = several.Count < 3 ? double.NaN : BlockOrders.RankCorrelation([.. several.Select(s => s.Count)], [.. several.Select(s => s.Error)]);
        var jump = several.Zip(several.Skip(1), (a, b) => b.Error - a.Error).DefaultIfEmpty(0).Max();
        var rise = several[^1].Error - whole;
        var order = orders.Count < 3 ? double.NaN : BlockOrders.RankCorrelation([.. orders.Select(o => o.Tau)], [.. orders.Select(o => o.Error)]);
        return new Results(
        [
            Finding.Of("A trained ResNet from which a block is deleted performs about as well.",
                $"{residualName}: test error {whole:P1}, with a single block deleted {Median(single):P1} in the median, {single.Min():P1} to {single.Max():P1} (about as well: at most 5 points more in the median).", lost <= 0.05),
            Finding.Of("Deleting a layer of a plain, VGG-like network ruins it.",
                $"{plainName}: test error {plainWhole:P1}, with a single block deleted {Median(plainSingle):P1} in the median, {plainSingle.Min():P1} to {plainSingle.Max():P1} (ruined: at least 30 points more in the median).", plainLost >= 0.3),
            Finding.Of("The error grows smoothly with the number of deleted blocks, as that of an ensemble.",
                $"{residualName}: from {whole:P1} to {several[^1].Error:P1} without {several[^1].Count} of {residual.Blocks.Count} blocks; rank correlation {smooth:F2}, largest step {jump:P1} of a rise of {rise:P1} (smooth: at least 0.9, at most half of the rise).", smooth >= 0.9 && jump <= 0.5 * rise),
            Finding.Of("The error grows smoothly as blocks change places.",
                $"{residualName}: {orders.Count} random orders; rank correlation of the error with Kendall's tau {order:F2} (smooth: at most −0.7).", order <= -0.7),
        ],
        [
            new Chart("ensemble-lesions", $"Test error without one block, {data.Name}", "deleted block", "test error",
                [new(residualName, Numbered(single)), new(plainName, Numbered(plainSingle)), new($"{residualName}, whole", Level(whole, single.Length), true), new($"{plainName}, whole", Level(plainWhole, plainSingle.Length), true)]),
            new Chart("ensemble-deleted", $"Test error without several blocks, {data.Name}", "deleted blocks", "test error", [new(residualName, [.. several.Select(s => ((double)s.Count, s.Error))])]),
            new Chart("ensemble-reordered", $"Test error with blocks in another order, {data.Name}", "Kendall's tau", "test error", [new(residualName, [.. orders.OrderBy(o => o.Tau)])]),
        ],
        [table]);
    }

    // Up to about a third of the blocks, by at most ten counts; the mean over random choices.
    private static List<(int Count, double Error)> Several(ResidualChain chain, ChainErrors errors, double whole, int samples, Random random)
    {
        var most = Math.Max(1, chain.Blocks.Count * 2 / 5);
        var step = Math.Max(1, most / 10);
        List<(int, double)> result = [(0, whole)];
        for (var count = step; count <= most; count += step)
            result.Add((count, Enumerable.Range(0, samples).Average(_ => errors.Without([.. Shuffled(chain.Blocks.Count, random).Take(count)]))));
        return result;
    }

    private static List<(double Tau, double Error)> Reordered(ResidualChain chain, ChainErrors errors, int samples, Random random)
    {
        int[] sizes = [.. chain.Stages.Select(stage => stage.Count)];
        List<(double, double)> result = [];
        for (var i = 0; i < samples; i++)
        {
            var order = BlockOrders.Draw(sizes, block => chain.Blocks[block].KeepsShape, swaps: i, random);
            result.Add((BlockOrders.KendallTau(order), errors.InOrder([.. order.Select(block => chain.Blocks[block])])));
        }

        return result;
    }

    private static int[] Shuffled(int count, Random random)
    {
        var result = Enumerable.Range(0, count).ToArray();
        random.Shuffle(result);
        return result;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static (double, double)[] Numbered(double[] values) => [.. values.Select((value, i) => (i + 1.0, value))];

    private static (double, double)[] Level(double value, int count) => [(1, value), (count, value)];
}
