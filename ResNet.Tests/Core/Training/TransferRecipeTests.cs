using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class TransferRecipeTests
{
    // A function whose curvature is nowhere below the penalty is at most slope² / (2 × penalty) above its minimum.
    [Theory]
    [InlineData(60, 32, 3)]
    [InlineData(400, 512, 2)]
    [InlineData(150, 2048, 5)]
    public void Frozen_training_ends_near_the_optimum_of_penalised_logistic_regression(int images, int features, int classes)
    {
        var specification = new HeadSpecification(GeneratedImages.TinyNetwork with { Classes = classes }) with { InputChannels = features };
        using var network = specification.Create(seed: 1);
        using (no_grad())
        {
            network.Head.weight.zero_();
            network.Head.bias!.zero_();
        }

        var random = new Random(2);
        var centres = Enumerable.Range(0, classes).Select(_ => Draw(features, 0.3)).ToArray();
        int[] labels = [.. Enumerable.Range(0, images).Select(i => i % classes)];
        float[][] values = [.. labels.Select(label => Draw(features, 1).Zip(centres[label], (noise, centre) => 5 + (3 * (noise + centre))).ToArray())];
        var recipe = TransferRecipe.Frozen(images, specification) with { Device = "cpu", Threads = 1 };
        new HeadTrainer(network, recipe).Fit(new([.. values.Select(image => image.ToArray())], ImageLabels.One(labels, classes)));

        using var scope = NewDisposeScope();
        var penalty = features / (64.0 * images);
        var x = tensor(values.SelectMany(image => image).ToArray(), images, features).to(ScalarType.Float64);
        var (mean, deviation) = (x.mean([0]), x.std(0, unbiased: false));
        // The weights of standardised features.
        var w = (network.Head.weight.detach().to(ScalarType.Float64) * deviation).requires_grad_();
        var b = (network.Head.bias!.detach().to(ScalarType.Float64) + network.Head.weight.detach().to(ScalarType.Float64).matmul(mean)).requires_grad_();
        Loss(w, b).backward();
        var (atEnd, slope) = (Loss(w, b).item<double>(), Math.Sqrt((w.grad!.pow(2).sum() + b.grad!.pow(2).sum()).item<double>()));
        var atZero = Math.Log(classes);
        Assert.True(atEnd < 0.8 * atZero, $"{atEnd} of {atZero}");
        Assert.True(slope * slope / (2 * penalty) < 0.02 * atZero, $"slope {slope}, penalty {penalty}, loss {atEnd}");

        Tensor Loss(Tensor weight, Tensor bias) =>
            nn.functional.cross_entropy(((x - mean) / deviation).matmul(weight.t()) + bias, tensor(labels.Select(label => (long)label).ToArray()))
            + (weight.pow(2).sum() * (penalty / 2));

        float[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ =>
            (float)(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    [Fact]
    public void A_stages_weight_decay_is_the_optimisers()
    {
        using var data = GeneratedImages.Stripes(32);
        byte[][] Train(OptimizerOptions optimizer, double? decay)
        {
            using var network = GeneratedImages.TinyNetwork.Create(seed: 1);
            var options = new TrainingOptions { Epochs = 2, BatchSize = 16, LearningRate = 0.01, Device = "cpu", Threads = 1, Optimizer = optimizer, Mode = new Decaying(decay) };
            new Trainer(network, options).Fit(data);
            return [.. network.state_dict().Values.Select(value => value.bytes.ToArray())];
        }

        Assert.Equal(Train(new SgdOptions { WeightDecay = 0.3 }, null), Train(new SgdOptions(), 0.3));
        Assert.Equal(Train(new AdamWOptions { WeightDecay = 0.3, NormWeightDecay = 0 }, null), Train(new AdamWOptions { NormWeightDecay = 0 }, 0.3));
        Assert.NotEqual(Train(new SgdOptions(), null), Train(new SgdOptions(), 0.3));
    }

    private sealed class Decaying(double? decay) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
            [new() { Epochs = options.Epochs, LearningRate = options.LearningRate, Schedule = LearningRateSchedule.Constant, WeightDecay = decay }];
    }
}
