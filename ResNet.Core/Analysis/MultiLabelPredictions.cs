namespace ResNet.Core;

/// <summary>
/// What a classifier said of images that may have several classes or none, and what follows from it. Immutable and thread-safe.
/// </summary>
public sealed class MultiLabelPredictions
{
    private readonly float[] probabilities;
    private readonly bool[] targets;
    private readonly bool[] predicted;

    /// <summary>Takes the arrays over (they are not copied) and checks them.</summary>
    /// <param name="probabilities">N×C probabilities, an image after the other, each 0 to 1 by itself.</param>
    /// <param name="targets">N×C: whether the image has the class.</param>
    /// <param name="predicted">N×C: whether it is said to have it; usually, whether the probability is at least a threshold.</param>
    /// <param name="classNames">The C classes' names, in the order of the probabilities; at least 1.</param>
    /// <exception cref="ArgumentException">There is no image, a length does not fit, or a probability is outside 0..1; the message names the first image concerned.</exception>
    public MultiLabelPredictions(float[] probabilities, bool[] targets, bool[] predicted, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(classNames);
        (this.probabilities, this.targets, this.predicted, ClassNames) = (probabilities, targets, predicted, [.. classNames]);
        if (classNames.Count == 0 || probabilities.Length == 0 || probabilities.Length % classNames.Count != 0
            || targets.Length != probabilities.Length || predicted.Length != probabilities.Length)
        {
            throw new ArgumentException(
                $"Expected images × {classNames.Count} classes of each, but there are {probabilities.Length} probabilities, {targets.Length} targets and {predicted.Length} predictions.",
                nameof(probabilities));
        }

        var wrong = Array.FindIndex(probabilities, value => value is not (>= 0 and <= 1));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The scores of image {wrong / classNames.Count} are no probabilities: each must be 0..1. Give the sigmoids of logits.", nameof(probabilities));
        }

        Metrics = new(probabilities, targets, predicted, ClassNames.Count);
    }

    /// <summary>Number of images.</summary>
    public int Count => probabilities.Length / ClassNames.Count;

    /// <summary>The classes' names, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The figures.</summary>
    public MultiLabelMetrics Metrics { get; }

    /// <summary>The C probabilities of one image.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public ReadOnlySpan<float> Of(int image) => probabilities.AsSpan(image * ClassNames.Count, ClassNames.Count);

    /// <summary>Which of the C classes one image has.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public ReadOnlySpan<bool> Targets(int image) => targets.AsSpan(image * ClassNames.Count, ClassNames.Count);

    /// <summary>Which of the C classes one image is said to have.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public ReadOnlySpan<bool> Predicted(int image) => predicted.AsSpan(image * ClassNames.Count, ClassNames.Count);

    /// <summary>Mean binary cross-entropy of one image's labels, in nats.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public double Loss(int image) => MultiLabelMetrics.CrossEntropy(Of(image), Targets(image));

    /// <summary>The images with the largest cross-entropy, the largest first.</summary>
    /// <param name="count">How many, at least 0; fewer where there are fewer images.</param>
    public IReadOnlyList<int> TopLosses(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, Count).OrderByDescending(Loss).Take(count)];
    }
}
