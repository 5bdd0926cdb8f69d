using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Analysis;

/// <summary>Four images of three classes, by hand; the last class occurs nowhere.</summary>
public class MultiLabelMetricsTests
{
    private static readonly bool[] Targets = [true, true, false, true, false, false, false, true, false, false, false, false];

    private static readonly float[] Probabilities = [0.9f, 0.4f, 0.1f, 0.3f, 0.2f, 0.6f, 0.6f, 0.8f, 0.1f, 0.2f, 0.7f, 0.2f];

    private static MultiLabelPredictions Made => new(Probabilities, Targets, [.. Probabilities.Select(p => p >= 0.5f)], ["a", "b", "c"]);

    [Fact]
    public void Figures_are_those_worked_out_by_hand()
    {
        // Said: a, c, ab, b. True: ab, a, b, none. Of a: 2 true, 2 said, 1 right; of b: 2, 2, 1; of c: 0, 1, 0.
        var metrics = Made.Metrics;
        Assert.Equal((4, 5.0 / 12, 0.0), (metrics.Images, metrics.HammingLoss, metrics.ExactMatch));
        Assert.Equal((0.4, 0.5, 4.0 / 9), (metrics.MicroPrecision!.Value, metrics.MicroRecall!.Value, metrics.MicroF1!.Value));
        Assert.Equal(1.0 / 3, metrics.MacroF1!.Value, 12);
        Assert.Equal(1.0 / 3, metrics.MacroPrecision!.Value, 12);
        Assert.Equal(0.5, metrics.MacroRecall!.Value, 12);
        Assert.Null(metrics.Classes[2].Recall);
        // a: ranks 1 and 3 of 0.9, 0.6, 0.3, 0.2: (1 + 2/3) / 2. b: ranks 1 and 3 of 0.8, 0.7, 0.4, 0.2.
        Assert.Equal(5.0 / 6, metrics.AveragePrecisions[0]!.Value, 12);
        Assert.Equal(5.0 / 6, metrics.AveragePrecisions[1]!.Value, 12);
        Assert.Null(metrics.AveragePrecisions[2]);
        Assert.Equal(5.0 / 6, metrics.MeanAveragePrecision!.Value, 12);
        var loss = -Targets.Zip(Probabilities, (has, p) => Math.Log(has ? p : 1 - p)).Average();
        Assert.Equal(loss, metrics.LogLoss, 6);
    }

    [Fact]
    public void The_worst_images_come_first()
    {
        var predictions = Made;
        var losses = predictions.TopLosses(4).Select(predictions.Loss).ToArray();
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.Equal(predictions.Metrics.LogLoss, losses.Average(), 12);
        Assert.Equal([true, true, false], predictions.Targets(0).ToArray());
        Assert.Equal([true, false, false], predictions.Predicted(0).ToArray());
    }

    [Fact]
    public void A_perfect_model_has_no_fault()
    {
        var metrics = new MultiLabelPredictions([1, 0, 0, 1], [true, false, false, true], [true, false, false, true], ["a", "b"]).Metrics;
        Assert.Equal((1.0, 1.0, 1.0, 0.0), (metrics.MeanAveragePrecision!.Value, metrics.MicroF1!.Value, metrics.ExactMatch, metrics.HammingLoss));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("2 targets", Assert.Throws<ArgumentException>(() => new MultiLabelPredictions([0, 1, 0], [true, false], [true, false, true], ["a"])).Message);
        Assert.Contains("image 1", Assert.Throws<ArgumentException>(() => new MultiLabelPredictions([0, 1, 0, 7], new bool[4], new bool[4], ["a", "b"])).Message);
        Assert.Contains("image 0", Assert.Throws<ArgumentException>(() => new MultiLabelPredictions([float.NaN], [true], [true], ["a"])).Message);
    }

    // Every threshold tried in turn is the second implementation.
    [Fact]
    public void Thresholds_have_the_highest_F1_there_is()
    {
        var random = new Random(4);
        var targets = Enumerable.Range(0, 3 * 60).Select(i => i % 3 < 2 && random.Next(3) == 0).ToArray();
        var probabilities = targets.Select(has => (float)Math.Round(Math.Clamp(random.NextDouble() * 0.7 + (has ? 0.3 : 0), 0, 1), 2)).ToArray();
        var best = Thresholds.BestF1(new(probabilities, targets, 3));
        Assert.Null(best[2]);
        for (var label = 0; label < 2; label++)
        {
            var most = Enumerable.Range(0, 1001).Max(i => F1(label, i / 1000f));
            Assert.Equal(most, F1(label, best[label]!.Value), 12);
        }

        double F1(int label, float threshold)
        {
            var rows = Enumerable.Range(0, 60).Select(image => (image * 3) + label).ToArray();
            var right = rows.Count(i => targets[i] && probabilities[i] >= threshold);
            return 2.0 * right / (rows.Count(i => targets[i]) + rows.Count(i => probabilities[i] >= threshold));
        }
    }
}
