namespace ResNet.Core;

/// <summary>Splits at random, each class by itself, so that both parts have the same mix.</summary>
public static class StratifiedSplit
{
    /// <summary>Every class of two or more images has at least one in each part.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="fraction">Share of each class for validation, above 0 and below 1, such as 0.1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <returns>Indices of the images, in order.</returns>
    public static (int[] Train, int[] Validation) Of(IReadOnlyList<int> labels, double fraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Check(fraction);
        var random = new Random(seed);
        var (train, validation) = (new List<int>(), new List<int>());
        foreach (var members in Enumerable.Range(0, labels.Count).GroupBy(i => labels[i]).OrderBy(group => group.Key))
        {
            var shuffled = members.ToArray();
            random.Shuffle(shuffled);
            var held = shuffled.Length < 2 ? 0 : Math.Clamp((int)Math.Round(fraction * shuffled.Length), 1, shuffled.Length - 1);
            validation.AddRange(shuffled[..held]);
            train.AddRange(shuffled[held..]);
        }

        return ([.. train.Order()], [.. validation.Order()]);
    }

    /// <summary>
    /// For images of several classes: iterative stratification (Sechidis, Tsoumakas and Vlahavas 2011, "On the Stratification of Multi-Label
    /// Data", algorithm 1). The images of the rarest class that is left are handed out first, each to the part that still wants most of them.
    /// </summary>
    /// <param name="images">The images of each class, from 0; an image may be in several, or in none.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="fraction">Share for validation, above 0 and below 1, such as 0.1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <returns>Indices of the images, in order; neither part is empty where there are two images or more.</returns>
    public static (int[] Train, int[] Validation) Of(IReadOnlyList<int[]> images, int count, double fraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(images);
        Check(fraction);
        var split = new IterativeSplit(images, count, fraction, new Random(seed));
        return split.Run();
    }

    private static void Check(double fraction)
    {
        if (fraction is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share for validation must be above 0 and below 1.");
        }
    }
}
