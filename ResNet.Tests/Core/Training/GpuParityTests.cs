using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

/// <summary>
/// The GPU computes what the CPU does, in PyTorch's default precision there: convolutions may round their factors to TF32's 10 bits. Tolerances: 1 %
/// of the largest logit, and 0.005 for each weight after five steps that move weights by more than 0.05.
/// </summary>
public class GpuParityTests
{
    private static readonly TrainingOptions FiveSteps = new()
    {
        Epochs = 5,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.Constant,
        Optimizer = new SgdOptions { Nesterov = true, WeightDecay = 1e-4 },
        LabelSmoothing = 0.1,
    };

    [SkippableTheory]
    [InlineData("cuda")]
    public void Logits_are_the_CPUs(string device)
    {
        Require(device);
        using var scope = NewDisposeScope();
        var (expected, actual) = (Logits("cpu"), Logits(device));
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 0.01 * expected.abs().max().item<float>());
        Assert.Equal(expected.argmax(1).data<long>().ToArray(), actual.argmax(1).data<long>().ToArray());

        static Tensor Logits(string device)
        {
            using var network = Filled();
            network.to(DeviceSelection.Parse(device));
            using var scorer = new Scorer(network);
            return scorer.Logits(Pixels()).cpu();
        }
    }

    [SkippableTheory]
    [InlineData("cuda")]
    public void Five_steps_of_training_are_the_CPUs(string device)
    {
        Require(device);
        using var start = Filled();
        using var network = Trained("cpu");
        using var other = Trained(device);
        var (before, expected, actual) = (start.state_dict(), network.state_dict(), other.state_dict());
        using var scope = NewDisposeScope();
        Assert.True(Distance(before["fc.weight"], expected["fc.weight"]) > 0.05, "training changed nothing, so the test shows nothing");
        foreach (var (key, value) in expected)
        {
            Assert.InRange(Distance(value, actual[key]), 0, 0.005);
        }

        static double Distance(Tensor one, Tensor another) => (one.cpu() - another.cpu()).abs().to(ScalarType.Float32).max().item<float>();
    }

    private static void Require(string device) => Skip.If(device == "cuda" && !cuda_is_available(), "there is no CUDA device");

    private static ResidualNetwork Filled()
    {
        var network = new ResidualNetwork(GeneratedImages.TinyNetwork);
        FormulaWeights.Fill(network);
        return network;
    }

    private static ResidualNetwork Trained(string device)
    {
        var network = Filled();
        using var images = new InMemoryImageDataset(FormulaWeights.Pixels(16, 16), [.. Enumerable.Range(0, 16).Select(i => i % 4)], 3, 16, 16, 4);
        new Trainer(network, FiveSteps with { Device = device }).Fit(images);
        return network;
    }

    private static Tensor Pixels() => tensor(FormulaWeights.Pixels(16, 16)).view(16, 3, 16, 16);
}
