using System.Security.Cryptography;
using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Published weights, modes, stopping: what reaches the core's trainer through ML.NET's options.</summary>
public class TransferTests
{
    private static readonly MLContext Context = new(1);

    private static ResNetClassificationTransformer Fit(Action<ResNetClassificationTrainer.Options> change) =>
        new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            o.Epoch = 2;
            o.Threads = 1;
            change(o);
        })).Fit(Pictures.Keyed(Context, Pictures.Make(48)));

    // The head alone is trained, so the features say what stochastic depth did to the weights.
    [Theory]
    [InlineData(ActivationOrder.PostActivation)]
    [InlineData(ActivationOrder.PreActivation)]
    [InlineData(ActivationOrder.ReluBeforeAddition)]
    public void StochasticDepthLeavesWhatWeightsComputeAsItWas(ActivationOrder order)
    {
        var specification = Pictures.Tiny() with { Activation = order, Stages = [2, 1] };
        using var network = specification.Create(seed: 5);
        using var model = Fit(o =>
        {
            (o.Specification, o.InitialWeights, o.SurvivalProbability) = (specification, StateDict.Of(network), 0.5);
            (o.Mode, o.CachedViews) = (TrainingMode.HeadOnly(), 0);
        });
        Assert.Equal(0.5, ((ResNetSpecification)model.Specification).SurvivalProbability);
        using var images = TorchSharp.torch.rand(2, 3, 16, 16) * 255;
        network.eval();
        using var expected = network.forward_features(images);
        using var actual = model.Network.forward_features(images);
        Assert.True(expected.std().item<float>() > 0.1);
        Assert.True((expected - actual).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void StochasticDepthNeedsResidualBlocks() =>
        Assert.Contains("SurvivalProbability", Assert.Throws<ArgumentException>(() => Fit(o => (o.Specification, o.Arch, o.SurvivalProbability) = (null, "highway19", 0.5))).Message);

    [Fact]
    public void PublishedWeightsAreTrainedOn()
    {
        var folder = Directory.CreateTempSubdirectory("weights").FullName;
        var before = Environment.GetEnvironmentVariable("RESNET_MLNET_CACHE");
        try
        {
            Environment.SetEnvironmentVariable("RESNET_MLNET_CACHE", folder);
            using var published = (Pictures.Tiny() with { Classes = 7 }).Create(seed: 5);
            var file = Path.Combine(folder, "tiny.safetensors");
            Safetensors.Write(file, StateDict.Of(published));
            var weights = new PretrainedWeights
            {
                Name = "tiny.test",
                Specification = published.Specification,
                Source = new UrlSource("http://127.0.0.1:9/tiny.safetensors"),
                Sha256 = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))),
                Size = new FileInfo(file).Length,
                Licence = "MIT",
                Labels = ["a", "b", "c", "d", "e", "f", "g"],
            };
            void Change(ResNetClassificationTrainer.Options o) => (o.Specification, o.Weights, o.Mode) = (null, weights, TrainingMode.HeadOnly());

            using var model = Fit(Change);
            var trained = model.Network.state_dict();
            foreach (var (key, value) in published.state_dict())
            {
                Assert.Equal(!key.StartsWith("fc.", StringComparison.Ordinal), trained[key].Equals(value));
            }

            Assert.Equal(3, model.Specification.Classes);
            Assert.Contains("tiny.test", Assert.Throws<ArgumentException>(() => Fit(o => { Change(o); o.Arch = "resnet18"; })).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("RESNET_MLNET_CACHE", before);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void WeightsOfOnesOwnAreTrainedOn()
    {
        using var network = (Pictures.Tiny() with { Classes = 7 }).Create(seed: 5);
        var weights = StateDict.Of(network);
        void Change(ResNetClassificationTrainer.Options o) => (o.InitialWeights, o.Mode) = (weights, TrainingMode.HeadOnly());

        using var model = Fit(Change);
        var trained = model.Network.state_dict();
        foreach (var (key, value) in network.state_dict())
        {
            Assert.Equal(!key.StartsWith("fc.", StringComparison.Ordinal), trained[key].Equals(value));
        }

        var another = Assert.Throws<ArgumentException>(() => Fit(o => (o.Specification, o.InitialWeights) = (Pictures.Tiny() with { Width = 8 }, weights)));
        Assert.Contains("conv1.weight is [4, 3, 3, 3] in the file, but [8, 3, 3, 3] in the network", another.Message);
        var both = Assert.Throws<ArgumentException>(() => Fit(o => (o.Specification, o.InitialWeights, o.Weights) = (null, weights, Pretrained.Get("resnet18.tv_in1k"))));
        Assert.Contains("leave the others null", both.Message);
    }

    [Fact]
    public void TheBestEpochIsTheModelAndTheLogSaysSo()
    {
        var (ml, lines, reports) = (new MLContext(1), new List<string>(), new List<TrainingProgress>());
        ml.Log += (_, e) => lines.Add(e.Message);
        using var model = Fit(o =>
        {
            o.Context = ml;
            o.Epoch = 30;
            o.ValidationSetFraction = 0.25;
            o.EarlyStoppingCriteria = new EarlyStopping { Patience = 2, MinDelta = 0 };
            o.Metric = TrainingMetric.Loss;
            o.LearningRateScheduler = LearningRateSchedule.From(position => position.Epoch < 3 ? 1 : 1000);
            o.MetricsCallback = reports.Add;
        });
        var result = model.TrainingResult;
        Assert.Equal(StopReason.EarlyStopping, result.Stopped);
        Assert.Equal(result.BestEpoch + 2, result.Epochs.Count);
        Assert.Contains(lines, line => line.Contains($"weights of epoch {result.BestEpoch}"));
        Assert.Contains(lines, line => line.Contains("validation loss"));
        Assert.Equal(result.Epochs.Count, reports.Count(report => report.ValidationLoss is not null));
    }

    [Fact]
    public void DivergingLaterGivesTheModelBeforeAndAWarning()
    {
        var (ml, lines) = (new MLContext(1), new List<string>());
        ml.Log += (_, e) => lines.Add(e.Message);
        using var model = Fit(o =>
        {
            o.Context = ml;
            o.LearningRateScheduler = LearningRateSchedule.From(position => position.Step < 4 ? 1 : 1e30);
        });
        Assert.Equal((StopReason.Diverged, 1), (model.TrainingResult.Stopped, model.TrainingResult.BestEpoch));
        Assert.Contains(lines, line => line.Contains("Training diverged") && line.Contains("epoch 2"));
        var scores = Pictures.Scores(model.Transform(Pictures.Keyed(Context, Pictures.Make(6))));
        Assert.All(scores, score => Assert.Equal(1, score.Sum(), 1e-4));
    }

    [Fact]
    public void EveryOptionReachesTheTraining()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            using var model = Fit(o =>
            {
                o.Optimizer = new AdamWOptions { NormWeightDecay = 0, ClipNorm = 1 };
                o.LearningRate = 0.005;
                o.Mode = TrainingMode.FineTune();
                o.HeadDropout = 0.2;
                o.MicroBatchSize = 8;
                o.ClassBalancing = ClassBalancing.Sampling;
                o.Mixing = Mixing.CutMix();
                o.Averaging = new WeightAveraging();
                o.Augmentation = Augmentation.Compose(Augmentation.Flip(), Augmentation.TrivialAugmentWide());
                o.TimeBudget = TimeSpan.FromHours(1);
                o.Checkpoint = new CheckpointOptions { Path = file };
                o.KeepBest = false;
            });
            Assert.Equal((3, 8, 0.2), (model.TrainingResult.Epochs.Count, model.TrainingResult.MicroBatchSize, model.Specification.HeadDropout));
            Assert.True(File.Exists(file));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Contains("2 values", Assert.Throws<ArgumentException>(() => Fit(o => o.ClassWeights = [1, 2])).Message);
    }

    [Fact]
    public void TheLearningRateFinderTakesAView()
    {
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => o.Threads = 1));
        var curve = trainer.FindLearningRate(Pictures.Keyed(Context, Pictures.Make(48)));
        Assert.InRange(curve.Rates.Count, 50, 100);
        Assert.InRange(curve.Valley!.Value, 1e-5, 5);
        Assert.Equal(curve.Losses, trainer.FindLearningRate(Pictures.Keyed(Context, Pictures.Make(48))).Losses);
    }
}
