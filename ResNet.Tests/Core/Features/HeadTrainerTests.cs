using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Features;

/// <summary>Training of the classifier on features: what it learns is in the network, whose other weights are as before.</summary>
public class HeadTrainerTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 20,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.Constant,
        Mode = TrainingMode.HeadOnly(),
        Device = "cpu",
        Threads = 1,
    };

    private static FeatureSet Features(ClassificationNetwork network, InMemoryImageDataset images)
    {
        using var extractor = new FeatureExtractor(network);
        using var batch = images.GetBatch([.. Enumerable.Range(0, images.Count)]);
        using var features = extractor.Extract(batch.Pixels);
        return new(
            [.. Enumerable.Range(0, images.Count).Select(i => features[i].data<float>().ToArray())], images.Labels);
    }

    private static float Accuracy(ClassificationNetwork network, InMemoryImageDataset images)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var batch = images.GetBatch([.. Enumerable.Range(0, images.Count)]);
        network.eval();
        return network.call(batch.Pixels).argmax(1).eq(batch.Labels).to(ScalarType.Float32).mean().item<float>();
    }

    // A backbone that has seen something, and a fresh head.
    private static ClassificationNetwork Network()
    {
        var network = GeneratedImages.TinyNetwork.Create(seed: 3);
        using var images = GeneratedImages.Stripes(128, seed: 5);
        new Trainer(network, Options with { Mode = TrainingMode.Full(), Epochs = 6 }).Fit(images);
        using var untracked = no_grad();
        nn.init.normal_(network.state_dict()["fc.weight"]);
        return network;
    }

    [Fact]
    public void The_whole_network_says_what_the_head_has_learnt()
    {
        using var network = Network();
        using var train = GeneratedImages.Stripes(96, seed: 1);
        using var validation = GeneratedImages.Stripes(64, seed: 2);
        var before = StateDict.Of(network);
        var result = new HeadTrainer(network, Options).Fit(Features(network, train), Features(network, validation));

        var best = result.Epochs.Single(epoch => epoch.Epoch == result.BestEpoch);
        Assert.True(best.ValidationAccuracy > 0.9, $"{best.ValidationAccuracy}");
        Assert.Equal(best.ValidationAccuracy!.Value, Accuracy(network, validation), 1e-6);
        foreach (var (name, value) in StateDict.Of(network))
        {
            Assert.Equal(!name.StartsWith("fc.", StringComparison.Ordinal), before[name].Data.Span.SequenceEqual(value.Data.Span));
        }
    }

    [Fact]
    public void Standardisation_is_folded_so_that_nothing_changes_without_a_step()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = GeneratedImages.TinyNetwork.Create(seed: 3);
        using var images = GeneratedImages.Stripes(32);
        var before = network.Head.weight.clone();
        var features = Features(network, images).Features;
        foreach (var image in features)
        {
            image[2] = 7;
        }

        var originals = features.Select(image => image.ToArray()).ToArray();
        var standardization = new Standardization(features);
        standardization.Apply(features);
        for (var i = 0; i < features[0].Length; i++)
        {
            Assert.Equal(0, features.Average(image => image[i]), 1e-4);
            Assert.Equal(i == 2 ? 0 : 1, Math.Sqrt(features.Average(image => (double)image[i] * image[i])), 1e-4);
        }

        using var head = new HeadNetwork(new HeadSpecification(network.Specification));
        standardization.Unfold(network.Head, head.Head);
        var expected = network.Head.call(tensor(originals.SelectMany(image => image).ToArray()).reshape(32, -1));
        Assert.True(head.Head.call(tensor(features.SelectMany(image => image).ToArray()).reshape(32, -1)).allclose(expected, rtol: 1e-4, atol: 1e-4));
        standardization.Fold(head.Head, network.Head);
        Assert.True(network.Head.weight.allclose(before, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_batches_of_one_will_do()
    {
        float[] Weights(int seed)
        {
            using var network = GeneratedImages.TinyNetwork.Create(seed: 3);
            using var train = GeneratedImages.Stripes(24, seed: 1);
            new HeadTrainer(network, Options with { Epochs = 2, BatchSize = 1, Seed = seed }).Fit(Features(network, train));
            return [.. network.state_dict()["fc.weight"].data<float>()];
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using var network = GeneratedImages.TinyNetwork.Create(seed: 3);
        var trainer = new HeadTrainer(network, Options);
        Assert.Contains("no images", Assert.Throws<ArgumentException>(() => trainer.Fit(new([], ImageLabels.One([], 4)))).Message);
        Assert.Contains("16×1×1", Assert.Throws<ArgumentException>(() => trainer.Fit(new([new float[9]], ImageLabels.One([0], 4)))).Message);
        Assert.Contains("7 classes", Assert.Throws<ArgumentException>(() => trainer.Fit(new([new float[16], new float[16]], ImageLabels.One([0, 1], 7)))).Message);
    }
}
