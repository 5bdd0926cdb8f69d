using System.Diagnostics;

namespace ResNet.Core;

/// <summary>Loss, accuracy, ranking and speed over the images of one pass: sums over images, not means of batch means.</summary>
internal sealed class EpochMeter(RankingMeter? ranking = null)
{
    private readonly long start = Stopwatch.GetTimestamp();
    private double lossSum;
    private double correct;

    public long Images { get; private set; }

    public double Loss => lossSum / Images;

    public double Accuracy => correct / Images;

    /// <summary>null: no ranking is measured.</summary>
    public double? MeanAveragePrecision => ranking?.MeanAveragePrecision;

    public double ImagesPerSecond => Images / Stopwatch.GetElapsedTime(start).TotalSeconds;

    public void Add(long images, double meanLoss, double correctImages)
    {
        Images += images;
        lossSum += meanLoss * images;
        correct += correctImages;
    }
}
