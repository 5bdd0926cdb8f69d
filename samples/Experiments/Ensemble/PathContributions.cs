namespace Experiments;

/// <summary>How long the paths are, and how much of the gradient those of each length carry (Veit et al. 2016, section 5).</summary>
internal static class PathContributions
{
    // The network of the paper and of the texts: 110 layers.
    private const int PaperBlocks = 54;

    public static Results Run(ResidualChain chain, string name, ImageData data, Settings settings, Action<string> log, CancellationToken cancel)
    {
        var n = chain.Blocks.Count;
        using var batch = data.TrainBatch(settings.Pick(4, 32, 128));
        var gradients = new PathGradients(chain, batch);
        var random = new Random(settings.Seed);
        var samples = settings.Pick(1, 4, 30);
        var norms = new double[n + 1];
        for (var length = 0; length <= n; length++)
        {
            cancel.ThrowIfCancellationRequested();
            norms[length] = Enumerable.Range(0, samples).Average(_ => gradients.Norm(PathLengths.Draw(n, length, random)));
        }

        var shares = PathLengths.Distribution(n);
        var amounts = shares.Zip(norms, (share, norm) => share * norm).ToArray();
        var total = amounts.Sum();
        var (first, last) = PathLengths.Range(amounts, 0.9);
        var mean = amounts.Select((amount, length) => amount * length).Sum() / total;
        var covered = shares[first..(last + 1)].Sum();
        var paper = PathLengths.Distribution(PaperBlocks);
        log($"{name}: mean gradient norm {norms[1]:0.0e+0} along paths of one block, {norms[n / 2]:0.0e+0} of {n / 2}, {norms[n]:0.0e+0} of {n}");
        var table = new Table("ensemble-paths", ["length", "paths", "share_of_paths", "mean_gradient_norm", "share_of_gradient"]);
        for (var length = 0; length <= n; length++)
            table.Add(length, PathLengths.Count(n, length), shares[length], norms[length], amounts[length] / total);
        return new Results(
        [
            Finding.Of("Path lengths are binomially distributed; of the 2^54 paths of a 110-layer ResNet most go through 19 to 35 blocks.",
                $"{paper[19..36].Sum():P1} of its paths (by the count of paths).", paper[19..36].Sum() > 0.5),
            Finding.Of("The gradient along a path becomes rapidly smaller as the path becomes longer.",
                $"{name}: {norms[1]:0.0e+0} along paths of 1 block, {norms[n]:0.0e+0} along the one of all {n} ({samples} random paths a length); each further block multiplies it by {Math.Pow(norms[n] / norms[1], 1.0 / (n - 1)):F2}.", norms[n] < 0.1 * norms[1]),
            Finding.Of("Most of the gradient comes from paths that are shorter than most paths are, and few.",
                $"{name}: 90 % of it comes from paths of {first} to {last} blocks, which are {covered:P1} of all paths; its mean length is {mean:F1} of {n}, that of all paths {n / 2.0:F1} (few: at most 10 %; shorter: at most 80 %).", mean <= 0.8 * n / 2 && covered <= 0.1),
        ],
        [
            new Chart("ensemble-paths", $"Paths and gradient by length, {name}, {data.Name}", "blocks that the path goes through", "share",
                [new("paths", Points(shares)), new("gradient", Points([.. amounts.Select(amount => amount / total)]))]),
            new Chart("ensemble-path-gradients", $"Gradient along single paths, {name}, {data.Name}", "blocks that the path goes through", "mean norm", [new(name, Points(norms))], LogY: true),
        ],
        [table]);
    }

    private static (double, double)[] Points(double[] values) => [.. values.Select((value, length) => ((double)length, value))];
}
