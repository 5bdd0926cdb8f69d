namespace ResNet.Core;

/// <summary>
/// How well scores rank images where an image may have several classes: the average precision of each class, and its mean (mAP).
/// scikit-learn's <c>average_precision_score</c>: the precision at each score, weighted by the recall gained there, without interpolation.
/// Thread-safe.
/// </summary>
public static class AveragePrecision
{
    /// <summary>The average precision of each class.</summary>
    /// <param name="scores">Images × classes, an image after the other; higher means likelier. Probabilities or logits alike.</param>
    /// <param name="targets">Images × classes in the same order: whether the image has the class.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <returns>0 to 1 for each class; null where no image has it.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a score is not a number.</exception>
    public static IReadOnlyList<double?> Each(ReadOnlySpan<float> scores, ReadOnlySpan<bool> targets, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (scores.Length != targets.Length || scores.Length % classes != 0)
        {
            throw new ArgumentException(
                $"Scores and targets must be images × {classes} classes each, but there are {scores.Length} scores and {targets.Length} targets.", nameof(scores));
        }

        var each = new double?[classes];
        var ranked = new (float Score, bool Target)[scores.Length / classes];
        for (var c = 0; c < classes; c++)
        {
            for (var image = 0; image < ranked.Length; image++)
            {
                var score = scores[(image * classes) + c];
                ranked[image] = float.IsNaN(score)
                    ? throw new ArgumentException($"The score of image {image} for class {c} is not a number.", nameof(scores))
                    : (score, targets[(image * classes) + c]);
            }

            each[c] = Of(ranked);
        }

        return each;
    }

    /// <summary>The mean over the classes that occur (mAP); null where none does.</summary>
    /// <inheritdoc cref="Each"/>
    /// <returns>0 to 1, or null.</returns>
    public static double? Mean(ReadOnlySpan<float> scores, ReadOnlySpan<bool> targets, int classes) => Each(scores, targets, classes).Average();

    // Images of equal scores are at one threshold: their order must not matter.
    private static double? Of((float Score, bool Target)[] images)
    {
        Array.Sort(images, (a, b) => b.Score.CompareTo(a.Score));
        var (sum, found, pending) = (0.0, 0, 0);
        for (var i = 0; i < images.Length; i++)
        {
            pending += images[i].Target ? 1 : 0;
            if (i + 1 == images.Length || images[i + 1].Score != images[i].Score)
            {
                found += pending;
                sum += (double)pending * found / (i + 1);
                pending = 0;
            }
        }

        return found == 0 ? null : sum / found;
    }
}
