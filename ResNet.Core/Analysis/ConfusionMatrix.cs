namespace ResNet.Core;

/// <summary>How often images of each true class (rows) were given each class (columns). Immutable and thread-safe.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] counts;

    internal ConfusionMatrix(int[,] counts, IReadOnlyList<string> classNames)
    {
        (this.counts, ClassNames) = (counts, classNames);
        Classes = [.. Enumerable.Range(0, classNames.Count).Select(Quality)];
    }

    /// <summary>The classes' names, in the order of rows and columns.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Precision, recall and F1 of each class.</summary>
    public IReadOnlyList<ClassQuality> Classes { get; }

    /// <summary>How many images of the true class <paramref name="label"/> were given the class <paramref name="predicted"/>.</summary>
    public int this[int label, int predicted] => counts[label, predicted];

    /// <summary>Number of images.</summary>
    public int Total => counts.Cast<int>().Sum();

    /// <summary>Share of the images on the diagonal, 0..1.</summary>
    public double Accuracy => Enumerable.Range(0, ClassNames.Count).Sum(i => counts[i, i]) / (double)Total;

    /// <summary>Mean recall over the classes that have images, 0..1 (balanced accuracy, ML.NET's MacroAccuracy).</summary>
    public double BalancedAccuracy => Classes.Average(c => c.Recall)!.Value;

    /// <summary>Mean F1 over the classes that have one, 0..1.</summary>
    public double MacroF1 => Classes.Average(c => c.F1)!.Value;

    /// <summary>Pairs of a true class and another that it was taken for, the most frequent first (fastai's <c>most_confused</c>).</summary>
    /// <param name="minimum">Leave out pairs with fewer images than this, at least 1. Default 1.</param>
    public IReadOnlyList<ConfusedPair> MostConfused(int minimum = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 1);
        var all = Enumerable.Range(0, ClassNames.Count);
        return [.. all.SelectMany(label => all.Select(predicted => new ConfusedPair(label, predicted, counts[label, predicted])))
            .Where(pair => pair.Label != pair.Predicted && pair.Count >= minimum).OrderByDescending(pair => pair.Count)];
    }

    private ClassQuality Quality(int c)
    {
        var all = Enumerable.Range(0, ClassNames.Count).ToArray();
        int support = all.Sum(i => counts[c, i]), given = all.Sum(i => counts[i, c]), right = counts[c, c];
        return new ClassQuality(c, support, given, right, Ratio(right, given), Ratio(right, support), Ratio(2 * right, support + given));
    }

    private static double? Ratio(int part, int whole) => whole == 0 ? null : part / (double)whole;
}

/// <summary>How well one class is told from the others. A figure that would be 0/0 is null.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="Support">Images of this class.</param>
/// <param name="Given">Images that were given this class.</param>
/// <param name="Correct">Images of this class that were given it.</param>
/// <param name="Precision">Correct / Given, 0..1; null where the class was never given.</param>
/// <param name="Recall">Correct / Support, 0..1; null where the class has no image.</param>
/// <param name="F1">The harmonic mean of both, 2 Correct / (Support + Given); null where both are 0.</param>
public sealed record ClassQuality(int Class, int Support, int Given, int Correct, double? Precision, double? Recall, double? F1);

/// <summary>A true class and another that it was taken for.</summary>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">The class that was given instead.</param>
/// <param name="Count">How many images.</param>
public sealed record ConfusedPair(int Label, int Predicted, int Count);
