using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class LearningRateTestTests
{
    [Fact]
    public void It_finds_a_rate_and_puts_the_weights_back()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var before = network.state_dict().Values.SelectMany(value => value.bytes.ToArray()).ToArray();
        var trainer = new Trainer(network, new TrainingOptions { BatchSize = 16, Device = "cpu", Threads = 1 });
        var curve = trainer.FindLearningRate(data);
        Assert.Equal(before, network.state_dict().Values.SelectMany(value => value.contiguous().bytes.ToArray()));
        Assert.False(network.training);

        Assert.Equal(1e-7, curve.Rates[0], 1e-12);
        Assert.Equal(1e-7 * Math.Pow(1e8, 0.5), curve.Rates[50], 1e-9);
        Assert.Equal(curve.Rates.Count, curve.Losses.Count);
        Assert.InRange(curve.Rates.Count, 60, 100);
        Assert.InRange(curve.Valley!.Value, 1e-4, 2);
        Assert.InRange(curve.Steepest!.Value, 1e-4, 5);
    }

    // The valley's and the steepest point's places computed by hand, without the first tenth and the last five.
    [Fact]
    public void Suggestions_are_fastais()
    {
        double[] rates = [.. Enumerable.Range(0, 30).Select(i => Math.Pow(10, -6 + (i * 0.2)))];
        double[] losses = [9, 9, 9, 5, 5, 5, 4.9, 4.8, 4.7, 4.5, 4.2, 3, 2.8, 2.7, 2.65, 2.64, 2.7, 2.8, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1, 1, 1];
        var curve = new LearningRateCurve(rates, losses, planned: 30);

        // Considered are steps 3 to 24. The falling sequence is from step 5 or before to 15: eleven long, 1 before its first; then a third and a half of one.
        Assert.Equal(rates[3 + 1 + 3 + 1], curve.Valley!.Value, 1e-12);
        Assert.Equal(rates[10], curve.Steepest!.Value, 1e-12);
    }

    [Fact]
    public void Losses_that_never_fall_suggest_nothing()
    {
        double[] rates = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        Assert.Null(new LearningRateCurve(rates, [.. rates], planned: 30).Valley);
        Assert.Null(new LearningRateCurve([1, 2], [1, 1], planned: 100).Steepest);
    }

    [Fact]
    public void Wrong_values_are_refused()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var trainer = new Trainer(network, new TrainingOptions { Device = "cpu" });
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(data, from: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(data, from: 1, to: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(data, steps: 5));
    }
}
