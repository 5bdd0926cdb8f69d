namespace ResNet.Core;

/// <summary>
/// How far a classifier's confidences can be taken for probabilities: the reliability diagram's data and the expected
/// calibration error (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2). Immutable and thread-safe.
/// </summary>
/// <param name="Bins">Bins of equal width, from confidence 0 to 1; empty ones are there, too.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>ECE, 0..1: the bins' gaps between accuracy and confidence, weighted with their share of the images. 0 is perfect.</summary>
    public double ExpectedError => Bins.Sum(bin => bin.Count * bin.Gap) / Bins.Sum(bin => bin.Count);

    /// <summary>MCE, 0..1: the largest gap of a bin that has images.</summary>
    public double MaximumError => Bins.Where(bin => bin.Count > 0).Max(bin => bin.Gap);

    internal static Calibration Of((float Confidence, bool Right)[] images, int bins)
    {
        var groups = images.ToLookup(image => Bin(image.Confidence, bins));
        return new Calibration([.. Enumerable.Range(0, bins).Select(i => groups[i].ToArray()).Select((bin, i) => new CalibrationBin(
            i / (double)bins,
            (i + 1) / (double)bins,
            bin.Length,
            bin.Length == 0 ? 0 : bin.Average(image => (double)image.Confidence),
            bin.Length == 0 ? 0 : bin.Average(image => image.Right ? 1.0 : 0.0)))]);
    }

    // Bins are open below and closed above: bin m (from 1) is ((m − 1) / M, m / M].
    private static int Bin(double confidence, int bins) => Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);
}

/// <summary>The images whose confidence lies in one interval.</summary>
/// <param name="From">The interval's lower end, exclusive.</param>
/// <param name="To">The interval's upper end, inclusive.</param>
/// <param name="Count">Number of images.</param>
/// <param name="Confidence">Their mean confidence, 0..1; 0 without images.</param>
/// <param name="Accuracy">Share classified correctly, 0..1; 0 without images.</param>
public sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy)
{
    /// <summary>How far accuracy and confidence are apart, 0..1.</summary>
    public double Gap => Math.Abs(Accuracy - Confidence);
}
