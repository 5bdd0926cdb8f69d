namespace ResNet.Core;

/// <summary>
/// Figures of a classifier whose images may have several classes: scikit-learn's, of the same names. What would be 0/0 is null, and left out
/// of means over classes (<c>zero_division=np.nan</c>). Immutable and thread-safe.
/// </summary>
public sealed class MultiLabelMetrics
{
    internal MultiLabelMetrics(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> predicted, int classes)
    {
        AveragePrecisions = AveragePrecision.Each(probabilities, targets, classes);
        LogLoss = CrossEntropy(probabilities, targets);
        var (support, given, right) = (new int[classes], new int[classes], new int[classes]);
        var (wrong, exact) = (0L, 0);
        for (var first = 0; first < targets.Length; first += classes)
        {
            var before = wrong;
            for (var label = 0; label < classes; label++)
            {
                var (has, said) = (targets[first + label], predicted[first + label]);
                support[label] += has ? 1 : 0;
                given[label] += said ? 1 : 0;
                right[label] += has && said ? 1 : 0;
                wrong += has != said ? 1 : 0;
            }

            exact += wrong == before ? 1 : 0;
        }

        Images = targets.Length / classes;
        HammingLoss = (double)wrong / targets.Length;
        ExactMatch = (double)exact / Images;
        Classes = [.. Enumerable.Range(0, classes).Select(label => Quality(label, support[label], given[label], right[label]))];
        Micro = Quality(-1, support.Sum(), given.Sum(), right.Sum());
    }

    /// <summary>Number of images.</summary>
    public int Images { get; }

    /// <summary>Average precision of each class, 0..1: how well the probabilities rank the images, whatever the thresholds; null where no image has the class.</summary>
    public IReadOnlyList<double?> AveragePrecisions { get; }

    /// <summary>Mean of <see cref="AveragePrecisions"/> (mAP), 0..1; null where no image has any class.</summary>
    public double? MeanAveragePrecision => AveragePrecisions.Average();

    /// <summary>Precision, recall and F1 of each class.</summary>
    public IReadOnlyList<ClassQuality> Classes { get; }

    /// <summary>F1 over all labels of all images together, 0..1; null where there is no label and none is predicted.</summary>
    public double? MicroF1 => Micro.F1;

    /// <summary>Precision over all labels together, 0..1; null where none is predicted.</summary>
    public double? MicroPrecision => Micro.Precision;

    /// <summary>Recall over all labels together, 0..1; null where there is no label.</summary>
    public double? MicroRecall => Micro.Recall;

    /// <summary>Mean of the classes' F1, 0..1.</summary>
    public double? MacroF1 => Classes.Average(c => c.F1);

    /// <summary>Mean of the classes' precision, 0..1.</summary>
    public double? MacroPrecision => Classes.Average(c => c.Precision);

    /// <summary>Mean of the classes' recall, 0..1.</summary>
    public double? MacroRecall => Classes.Average(c => c.Recall);

    /// <summary>Share of the labels that are wrong, present or absent, 0..1; 0 is perfect.</summary>
    public double HammingLoss { get; }

    /// <summary>Share of the images of which every label is right, 0..1 (scikit-learn's <c>accuracy_score</c>).</summary>
    public double ExactMatch { get; }

    /// <summary>Mean binary cross-entropy of the labels, in nats.</summary>
    public double LogLoss { get; }

    private ClassQuality Micro { get; }

    /// <summary>Mean binary cross-entropy, in nats; a label's is at most 103.3, a float32's end.</summary>
    internal static double CrossEntropy(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> targets)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            sum -= Math.Log(Math.Max(targets[i] ? probabilities[i] : 1.0 - probabilities[i], float.Epsilon));
        }

        return sum / targets.Length;
    }

    private static ClassQuality Quality(int label, int support, int given, int right) => new(
        label, support, given, right, Ratio(right, given), Ratio(right, support), Ratio(2.0 * right, support + given));

    private static double? Ratio(double part, int whole) => whole == 0 ? null : part / whole;
}
