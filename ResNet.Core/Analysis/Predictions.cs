namespace ResNet.Core;

/// <summary>
/// What a classifier said of labelled images, and what follows from it: confusion matrix, top-k accuracy, most confused
/// pairs, top losses, calibration. For one label an image (softmax); a tie goes to the lower class, as in argmax.
/// Immutable and thread-safe.
/// </summary>
public sealed class Predictions
{
    // How far a row's sum may be from 1: float32 softmax over thousands of classes stays far below it.
    private const double SumTolerance = 1e-3;

    private readonly float[] probabilities;
    private readonly int[] labels;
    private readonly int[] predicted;

    /// <summary>Takes the probabilities over (they are not copied) and checks them.</summary>
    /// <param name="probabilities">N×C softmax probabilities, an image after the other, such as <see cref="Scorer"/> gives.</param>
    /// <param name="labels">The N true classes, 0 to C − 1.</param>
    /// <param name="classNames">The C classes' names, in the order of the probabilities; at least 2.</param>
    /// <exception cref="ArgumentException">
    /// There is no image, a length does not fit, a label is out of range, or a row is no distribution (a value outside 0..1, a
    /// sum away from 1, such as logits have); the message names the first image concerned.
    /// </exception>
    public Predictions(float[] probabilities, IReadOnlyList<int> labels, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        (this.probabilities, this.labels, ClassNames) = (probabilities, [.. labels], [.. classNames]);
        Check();
        predicted = [.. Enumerable.Range(0, Count).Select(image => ArgMax(Of(image)))];
    }

    /// <summary>Number of images.</summary>
    public int Count => labels.Length;

    /// <summary>The classes' names, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The true class of each image.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>The likeliest class of each image.</summary>
    public IReadOnlyList<int> Predicted => predicted;

    /// <summary>Share of the images whose likeliest class is the true one, 0..1.</summary>
    public double Accuracy => TopKAccuracy(1);

    /// <summary>Mean cross-entropy over the images, in nats.</summary>
    public double LogLoss => Enumerable.Range(0, Count).Average(Loss);

    /// <summary>The C probabilities of one image.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public ReadOnlySpan<float> Of(int image) => probabilities.AsSpan(image * ClassNames.Count, ClassNames.Count);

    /// <summary>The probability of one image's likeliest class.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public float Confidence(int image) => Of(image)[predicted[image]];

    /// <summary>Cross-entropy of one image: −ln of its true class's probability, in nats; at most 103.3, a float32's end.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public double Loss(int image) => -Math.Log(Math.Max(Of(image)[labels[image]], float.Epsilon));

    /// <summary>Share of the images whose true class is among their <paramref name="k"/> likeliest, 0..1.</summary>
    /// <param name="k">At least 1; with as many as there are classes, it is 1.</param>
    public double TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Enumerable.Range(0, Count).Count(image => Rank(image) < k) / (double)Count;
    }

    /// <summary>How often each true class was given each class.</summary>
    public ConfusionMatrix ConfusionMatrix()
    {
        var counts = new int[ClassNames.Count, ClassNames.Count];
        for (var image = 0; image < Count; image++)
        {
            counts[labels[image], predicted[image]]++;
        }

        return new ConfusionMatrix(counts, ClassNames);
    }

    /// <summary>The images with the largest cross-entropy, the largest first (fastai's <c>top_losses</c>).</summary>
    /// <param name="count">How many, at least 0; fewer where there are fewer images.</param>
    public IReadOnlyList<TopLoss> TopLosses(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, Count).OrderByDescending(Loss).Take(count)
            .Select(image => new TopLoss(image, labels[image], predicted[image], Loss(image), Of(image)[labels[image]], Confidence(image)))];
    }

    /// <summary>How far the confidences can be taken for probabilities.</summary>
    /// <param name="bins">Bins of equal width over 0..1, at least 1. Default 15, as in Guo et al. 2017.</param>
    public Calibration Calibration(int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        return Core.Calibration.Of([.. Enumerable.Range(0, Count).Select(image => (Confidence(image), predicted[image] == labels[image]))], bins);
    }

    // Classes before the true one, the likeliest first.
    private int Rank(int image)
    {
        var row = Of(image);
        var (label, rank) = (labels[image], 0);
        for (var i = 0; i < row.Length; i++)
        {
            rank += row[i] > row[label] || (row[i] == row[label] && i < label) ? 1 : 0;
        }

        return rank;
    }

    private static int ArgMax(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        return best;
    }

    private void Check()
    {
        var classes = ClassNames.Count;
        if (classes < 2 || Count == 0)
        {
            throw new ArgumentException($"Expected at least one image and two classes, but there are {Count} images and {classes} classes.", nameof(labels));
        }

        if (probabilities.Length != (long)Count * classes)
        {
            throw new ArgumentException(
                $"{Count} images of {classes} classes have {(long)Count * classes} probabilities, but there are {probabilities.Length}.", nameof(probabilities));
        }

        for (var image = 0; image < Count; image++)
        {
            if (labels[image] < 0 || labels[image] >= classes)
            {
                throw new ArgumentException($"Labels must be 0 to {classes - 1}, but image {image} has label {labels[image]}.", nameof(labels));
            }

            var sum = 0.0;
            foreach (var value in Of(image))
            {
                // Written so that NaN is caught, too.
                sum = value is >= 0 and <= 1 + (float)SumTolerance ? sum + value : double.NaN;
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw new ArgumentException(
                    $"The scores of image {image} are no probabilities: each must be 0..1, and their sum 1. Give the softmax of logits.", nameof(probabilities));
            }
        }
    }
}

/// <summary>One image that a classifier got badly wrong, or was unsure of.</summary>
/// <param name="Image">The image's place in the predictions, from 0.</param>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">The likeliest class; the true one where the image is merely uncertain.</param>
/// <param name="Loss">Cross-entropy, in nats.</param>
/// <param name="Probability">The true class's probability.</param>
/// <param name="Confidence">The likeliest class's probability.</param>
public sealed record TopLoss(int Image, int Label, int Predicted, double Loss, double Probability, double Confidence);
