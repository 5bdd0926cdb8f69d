using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Analysis;

/// <summary>Ranking where an image may have several classes.</summary>
public class AveragePrecisionTests
{
    [Fact]
    public void The_example_of_scikit_learns_documentation_gives_its_figure() =>
        Assert.Equal(0.5 + (0.5 * 2 / 3), AveragePrecision.Each([0.1f, 0.4f, 0.35f, 0.8f], [false, false, true, true], 1)[0]!.Value, 1e-12);

    [Fact]
    public void Equal_scores_give_the_classs_share_whatever_their_order()
    {
        Assert.Equal(0.25, AveragePrecision.Each([1, 1, 1, 1], [true, false, false, false], 1)[0]);
        Assert.Equal(0.25, AveragePrecision.Each([1, 1, 1, 1], [false, false, false, true], 1)[0]);
    }

    [Fact]
    public void It_is_the_sum_over_thresholds_of_precision_times_recall_gained()
    {
        const int images = 60, classes = 3;
        var random = new Random(1);
        // Few different scores, so that there are ties.
        var scores = Enumerable.Range(0, images * classes).Select(_ => random.Next(12) / 4f).ToArray();
        var targets = scores.Select(score => random.NextDouble() < 0.2 + (score / 6)).ToArray();
        var expected = Enumerable.Range(0, classes).Select(c =>
        {
            var rows = Enumerable.Range(0, images).Select(i => (Score: scores[(i * classes) + c], Target: targets[(i * classes) + c])).ToArray();
            var positives = rows.Count(row => row.Target);
            return rows.Select(row => row.Score).Distinct().Sum(threshold =>
            {
                var above = rows.Where(row => row.Score >= threshold).ToArray();
                var gained = rows.Count(row => row.Target && row.Score == threshold) / (double)positives;
                return gained * above.Count(row => row.Target) / above.Length;
            });
        }).ToArray();
        var actual = AveragePrecision.Each(scores, targets, classes);
        for (var c = 0; c < classes; c++)
        {
            Assert.Equal(expected[c], actual[c]!.Value, 1e-12);
        }

        Assert.Equal(expected.Average(), AveragePrecision.Mean(scores, targets, classes)!.Value, 1e-12);
    }

    [Fact]
    public void A_class_without_images_has_none_and_is_left_out_of_the_mean()
    {
        float[] scores = [0.9f, 0.1f, 0.2f, 0.8f];
        bool[] targets = [true, false, false, false];
        Assert.Equal([1.0, null], AveragePrecision.Each(scores, targets, 2));
        Assert.Equal(1.0, AveragePrecision.Mean(scores, targets, 2));
        Assert.Null(AveragePrecision.Mean(scores, [false, false, false, false], 2));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("images × 2 classes", Assert.Throws<ArgumentException>(() => AveragePrecision.Each([1, 2, 3], [true, true, true], 2)).Message);
        Assert.Contains("image 1 for class 0", Assert.Throws<ArgumentException>(() => AveragePrecision.Each([1, float.NaN], [true, true], 1)).Message);
    }
}
