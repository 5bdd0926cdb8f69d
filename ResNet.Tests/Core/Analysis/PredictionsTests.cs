using System.Globalization;
using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Analysis;

/// <summary>Against figures that make_analysis_fixtures.py computes with numpy from their definitions.</summary>
public class PredictionsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];

    private static readonly Predictions Shared = Read();

    private static readonly Dictionary<string, double?[]> Expected = Fixture.Read("analysis.txt").ToDictionary(
        line => line[0],
        line => line[1..].Select(value => value == "nan" ? (double?)null : double.Parse(value, CultureInfo.InvariantCulture)).ToArray());

    [Fact]
    public void The_confusion_matrix_has_true_classes_in_rows()
    {
        var matrix = Shared.ConfusionMatrix();
        Assert.Equal(Expected["confusion"].Select(v => (int)v!), Enumerable.Range(0, 25).Select(i => matrix[i / 5, i % 5]));
        Assert.Equal(150, matrix.Total);
        Assert.Equal(Shared.Accuracy, matrix.Accuracy, 12);
    }

    [Fact]
    public void Figures_of_each_class_are_numpys_and_absent_where_undefined()
    {
        var matrix = Shared.ConfusionMatrix();
        AssertClose("precision", matrix.Classes.Select(c => c.Precision));
        AssertClose("recall", matrix.Classes.Select(c => c.Recall));
        AssertClose("f1", matrix.Classes.Select(c => c.F1));
        AssertClose("macrof1", [matrix.MacroF1]);
        AssertClose("balanced", [matrix.BalancedAccuracy]);
        AssertClose("logloss", [Shared.LogLoss]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Top_k_accuracy_is_numpys(int k) => AssertClose($"top{k}", [Shared.TopKAccuracy(k)]);

    [Fact]
    public void Calibration_is_numpys()
    {
        var calibration = Shared.Calibration();
        AssertClose("ece", [calibration.ExpectedError]);
        AssertClose("mce", [calibration.MaximumError]);
        Assert.Equal(Expected["bins"].Select(v => (int)v!), calibration.Bins.Select(bin => bin.Count));
    }

    [Fact]
    public void One_bin_gives_the_gap_of_accuracy_and_mean_confidence() =>
        Assert.Equal(
            Math.Abs(Shared.Accuracy - Enumerable.Range(0, Shared.Count).Average(i => (double)Shared.Confidence(i))),
            Shared.Calibration(bins: 1).ExpectedError, 12);

    [Fact]
    public void Top_losses_come_largest_first()
    {
        var top = Shared.TopLosses(8);
        Assert.Equal(Expected["toplosses"].Select(v => (int)v!), top.Select(t => t.Image));
        Assert.All(top, t => Assert.Equal(-Math.Log(t.Probability), t.Loss, 12));
        Assert.Equal(150, Shared.TopLosses(1000).Count);
    }

    [Fact]
    public void The_most_confused_pairs_are_the_matrixs_largest_beside_the_diagonal()
    {
        var pairs = Shared.ConfusionMatrix().MostConfused(minimum: 4);
        Assert.Equal([(0, 3, 5), (4, 3, 5), (0, 1, 4), (4, 1, 4)], pairs.Select(p => (p.Label, p.Predicted, p.Count)));
        Assert.Equal(31, Shared.ConfusionMatrix().MostConfused().Sum(p => p.Count));
    }

    [Fact]
    public void A_tie_goes_to_the_lower_class()
    {
        var tied = new Predictions([0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f], [0, 2], ["a", "b", "c", "d"]);
        Assert.Equal([0, 0], tied.Predicted);
        Assert.Equal([0.5, 0.5, 1, 1], new[] { 1, 2, 3, 4 }.Select(tied.TopKAccuracy));
    }

    [Fact]
    public void A_true_class_of_probability_0_has_a_finite_loss() =>
        Assert.InRange(new Predictions([1, 0], [1], ["a", "b"]).LogLoss, 103, 104);

    [Fact]
    public void What_is_no_distribution_is_refused_and_named()
    {
        Assert.Contains("image 1", Refused([0.5f, 0.5f, 2f, -1f], [0, 1]));
        Assert.Contains("image 0", Refused([float.NaN, 0.5f], [0]));
        Assert.Contains("softmax", Refused([0.9f, 0.9f], [0]));
        Assert.Contains("image 1 has label 2", Refused([0.5f, 0.5f, 0.5f, 0.5f], [0, 2]));
        Assert.Contains("there are 3", Refused([0.5f, 0.5f, 1f], [0]));
        Assert.Contains("at least one image", Refused([], []));

        static string Refused(float[] probabilities, int[] labels) =>
            Assert.Throws<ArgumentException>(() => new Predictions(probabilities, labels, ["a", "b"])).Message;
    }

    private static void AssertClose(string name, IEnumerable<double?> actual)
    {
        var values = actual.ToArray();
        Assert.Equal(Expected[name].Length, values.Length);
        foreach (var (expected, value) in Expected[name].Zip(values))
        {
            Assert.Equal(expected is null, value is null);
            Assert.Equal(expected ?? 0, value ?? 0, 9);
        }
    }

    private static Predictions Read()
    {
        var lines = Fixture.Read("predictions.txt").ToArray();
        return new Predictions(
            [.. lines.SelectMany(line => line[1..]).Select(value => float.Parse(value, CultureInfo.InvariantCulture))],
            [.. lines.Select(line => int.Parse(line[0]))], Names);
    }
}
