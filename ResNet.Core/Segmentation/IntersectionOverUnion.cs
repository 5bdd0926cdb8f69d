namespace ResNet.Core;

/// <summary>
/// How well classes of pixels are found (the PASCAL VOC measure): pixels that truth and prediction both give a class, over those
/// that either gives it. Collects any number of images; not thread-safe.
/// </summary>
public sealed class IntersectionOverUnion
{
    /// <summary>Truth of pixels that do not count, as in PASCAL VOC.</summary>
    public const byte Ignored = 255;

    private readonly long[] both, either;

    /// <summary>Begins with no pixels.</summary>
    /// <param name="classes">Number of classes, 2 to 255.</param>
    public IntersectionOverUnion(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 255);
        (both, either) = (new long[classes], new long[classes]);
    }

    /// <summary>Each class's share, 0..1; null where neither truth nor prediction has a pixel of it.</summary>
    public IReadOnlyList<double?> Classes => [.. both.Zip(either, (hits, all) => all == 0 ? null : (double?)hits / all)];

    /// <summary>Mean over the classes that have one (mIoU), 0..1; null before any pixel.</summary>
    public double? Mean => Classes.Average();

    /// <summary>Adds an image's pixels, or many images'.</summary>
    /// <param name="truth">The true class of each pixel, or <see cref="Ignored"/>.</param>
    /// <param name="predicted">The class that each was given, as many.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or a class is out of range.</exception>
    public void Add(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted)
    {
        if (truth.Length != predicted.Length)
        {
            throw new ArgumentException($"There are {truth.Length} true and {predicted.Length} predicted pixels; they must be as many.", nameof(predicted));
        }

        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] == Ignored)
            {
                continue;
            }

            if (truth[i] >= both.Length || predicted[i] >= both.Length)
            {
                throw new ArgumentException($"Pixel {i} is of class {truth[i]} and predicted as {predicted[i]}; classes are 0 to {both.Length - 1}.", nameof(truth));
            }

            either[truth[i]]++;
            if (truth[i] == predicted[i])
            {
                both[truth[i]]++;
            }
            else
            {
                either[predicted[i]]++;
            }
        }
    }
}
