namespace Microsoft.ML.Data;

public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounts counts, string[] classNames, int topKPredictionCount)
    {
        MicroAccuracy = counts.MicroAccuracy;
        MacroAccuracy = counts.MacroAccuracy;
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        PerClassLogLoss = counts.PerClassLogLoss;
        TopKPredictionCount = topKPredictionCount;
        if (topKPredictionCount > 0)
        {
            var accuracies = counts.TopKAccuracies(topKPredictionCount);
            TopKAccuracyForAllK = accuracies;
            TopKAccuracy = accuracies[topKPredictionCount - 1];
        }
        ConfusionMatrix = new ConfusionMatrix(counts.Confusion, classNames);
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy { get; }

    public int TopKPredictionCount { get; }

    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
