using System.Globalization;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

/// <summary>Five steps of training give PyTorch's weights; make_training.py does the same there.</summary>
public class TrainingParityTests
{
    private static readonly TrainingOptions FiveSteps = new()
    {
        Epochs = 5,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.Constant,
        Optimizer = new SgdOptions { Momentum = 0, WeightDecay = 0 },
        Device = "cpu",
        Threads = 1,
    };

    private static readonly double[] Weights = [1, 2, 0.5, 1.5];

    private static readonly Dictionary<string, TrainingOptions> Cases = new()
    {
        ["sgd"] = FiveSteps with
        {
            Optimizer = new SgdOptions { Nesterov = true, WeightDecay = 0.1, NormWeightDecay = 0, BiasWeightDecay = 0, ClipNorm = 0.5 },
        },
        ["adamw"] = FiveSteps with
        {
            LearningRate = 0.01,
            Optimizer = new AdamWOptions { Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.05 },
            LabelSmoothing = 0.1,
            ClassWeights = Weights,
        },
        ["slice"] = FiveSteps with { LearningRate = 0.1, Optimizer = new SgdOptions { WeightDecay = 0 }, Mode = TrainingMode.Full(lowestRate: 0.01) },
        ["average"] = FiveSteps with { Averaging = new WeightAveraging { Decay = 0.9, Steps = 2, WarmUp = false } },
        ["binary"] = FiveSteps with
        {
            Loss = LossFunction.BinaryCrossEntropy,
            ClassWeights = Weights,
            Optimizer = new SgdOptions { Momentum = 0.5, WeightDecay = 0 },
        },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_are_PyTorchs(string name)
    {
        using var network = Trained(Cases[name], name == "binary" ? new TwoLabels(Images()) : Images());
        var state = network.state_dict();
        var lines = Fixture.Read("training.txt").Where(line => line[0] == name).ToArray();
        Assert.Equal(8, lines.Length);
        foreach (var line in lines)
        {
            var actual = state[line[1]].contiguous().data<float>();
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(double.Parse(line[2 + i], CultureInfo.InvariantCulture), actual[i], 2e-5);
            }
        }
    }

    [Fact]
    public void Parts_of_a_batch_add_up_to_the_batch()
    {
        // Frozen batch norms do not see the batch, so the parts change nothing: neither in the weights' mean nor with unequal parts.
        var options = FiveSteps with { Mode = TrainingMode.HeadOnly(), ClassWeights = Weights, LabelSmoothing = 0.1, LearningRate = 1 };
        using var whole = Trained(options, Images());
        using var inParts = Trained(options with { MicroBatchSize = 5 }, Images());
        using var untrained = Untrained();
        Assert.True((whole.state_dict()["fc.weight"] - untrained.state_dict()["fc.weight"]).abs().max().item<float>() > 0.1);
        Assert.True((whole.state_dict()["fc.weight"] - inParts.state_dict()["fc.weight"]).abs().max().item<float>() < 1e-6);
    }

    private static ClassificationNetwork Trained(TrainingOptions options, IImageDataset data)
    {
        var network = Untrained();
        var result = new Trainer(network, options).Fit(data);
        Assert.Equal(5, result.Epochs.Count);
        return network;
    }

    private static ResidualNetwork Untrained()
    {
        var network = new ResidualNetwork(GeneratedImages.TinyNetwork);
        FormulaWeights.Fill(network);
        return network;
    }

    private static InMemoryImageDataset Images() =>
        new(FormulaWeights.Pixels(16, 16), [.. Enumerable.Range(0, 16).Select(i => i % 4)], 3, 16, 16, 4);

    /// <summary>Each image has the label of its class and of the next one.</summary>
    private sealed class TwoLabels(InMemoryImageDataset images) : IImageDataset
    {
        public int Count => images.Count;

        public int Channels => images.Channels;

        public int Height => images.Height;

        public int Width => images.Width;

        public int Classes => images.Classes;

        public ImageBatch GetBatch(ReadOnlySpan<int> indices)
        {
            var batch = images.GetBatch(indices);
            var next = (batch.Labels + 1).remainder(4);
            return new(batch.Pixels, (nn.functional.one_hot(batch.Labels, 4) + nn.functional.one_hot(next, 4)).to(ScalarType.Float32));
        }
    }
}
