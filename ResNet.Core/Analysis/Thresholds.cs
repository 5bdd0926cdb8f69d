namespace ResNet.Core;

/// <summary>From which probability on an image has a class, where it may have several. Thread-safe.</summary>
public static class Thresholds
{
    /// <summary>For each class the threshold with the highest F1, in the middle between two probabilities; of several such, the highest.</summary>
    /// <param name="scores">Images that are not trained on.</param>
    /// <returns>0 to 1 for each class; null where no image has it.</returns>
    public static IReadOnlyList<float?> BestF1(ScoredLabels scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var images = scores.Probabilities.Count / scores.Classes;
        return [.. Enumerable.Range(0, scores.Classes).Select(label => Best(
            [.. Enumerable.Range(0, images).Select(image => (image * scores.Classes) + label).Select(i => (scores.Probabilities[i], scores.Targets[i]))]))];
    }

    private static float? Best((float Probability, bool Target)[] images)
    {
        Array.Sort(images, (a, b) => b.Probability.CompareTo(a.Probability));
        var support = images.Count(image => image.Target);
        if (support == 0)
        {
            return null;
        }

        var (best, threshold, right) = (-1.0, 0f, 0);
        for (var given = 1; given <= images.Length; given++)
        {
            var (probability, target) = images[given - 1];
            right += target ? 1 : 0;
            var below = given < images.Length ? images[given].Probability : 0;

            // Images of equal probabilities are at one threshold.
            var f1 = 2.0 * right / (support + given);
            if ((below < probability || given == images.Length) && f1 > best)
            {
                var middle = (probability + below) / 2;
                (best, threshold) = (f1, middle > below ? middle : probability);
            }
        }

        return threshold;
    }
}
