using ResNet.Core;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Data;

public class MixingTests
{
    public static TheoryData<IBatchMixing> All => new() { Mixing.Mixup(), Mixing.CutMix(), Mixing.OneOf(Mixing.Mixup(1), Mixing.CutMix()) };

    // Image i is one value all over, 40 × its class: so the mean of a mixed image tells the shares that its target must have.
    [Theory]
    [MemberData(nameof(All))]
    public void Targets_are_the_shares_of_the_pixels(IBatchMixing mixing)
    {
        var mixedAtAll = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = NewDisposeScope();
            var labels = arange(5, ScalarType.Int64);
            using var batch = new ImageBatch((labels * 40).to(ScalarType.Byte).view(5, 1, 1, 1).expand(5, 3, 12, 20).contiguous(), labels);
            using var mixed = mixing.Mix(batch, 5, new Random(seed));
            Assert.Equal(batch.Pixels.shape, mixed.Pixels.shape);
            Assert.Equal([5, 5], mixed.Labels.shape);
            Assert.True(mixed.Labels.sum(1).sub(1).abs().max().item<float>() < 1e-6);
            var told = (mixed.Labels * arange(5, ScalarType.Float32) * 40).sum(1);
            Assert.True(told.sub(mixed.Pixels.to(ScalarType.Float32).mean([1, 2, 3])).abs().max().item<float>() < 1e-3);
            mixedAtAll += mixed.Labels.max().item<float>() < 1 ? 1 : 0;
        }

        Assert.True(mixedAtAll > 10, $"{mixedAtAll}");
    }

    [Fact]
    public void Several_labels_an_image_are_mixed_too()
    {
        using var scope = NewDisposeScope();
        using var batch = new ImageBatch(zeros(2, 1, 4, 4), tensor(new float[] { 1, 1, 0, 0, 0, 1 }).view(2, 3));
        using var mixed = Mixing.Mixup(1).Mix(batch, 3, new Random(1));
        Assert.Equal([1, 1, 1], mixed.Labels.sum([0]).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(3)]
    public void Beta_has_its_mean_and_variance(double alpha)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 20_000).Select(_ => Shares.Beta(alpha, random)).ToArray();
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        var mean = values.Average();
        Assert.Equal(0.5, mean, 0.01);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), values.Average(value => (value - mean) * (value - mean)), 0.005);
    }

    [Fact]
    public void Training_learns_from_mixed_batches()
    {
        using var data = GeneratedImages.Stripes(160);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = new TrainingOptions
        {
            Epochs = 16,
            BatchSize = 16,
            LearningRate = 0.05,
            Schedule = LearningRateSchedule.OneCycle(),
            Mixing = Mixing.OneOf(Mixing.Mixup(), Mixing.CutMix()),
            Device = "cpu",
            Threads = 1,
        };
        var result = new Trainer(network, options).Fit(data, data);
        Assert.True(result.Epochs[^1].ValidationAccuracy > 0.9, $"{result.Epochs[^1].ValidationAccuracy}");
    }
}
