using ResNet.Core;
using ResNet.MLNet;
using Xunit;
using Options = ResNet.MLNet.ResNetClassificationTrainer.Options;

namespace ResNet.Tests.MLNet;

/// <summary>Options are checked when they are set, and the error names the option.</summary>
public class OptionsTests
{
    public static TheoryData<string, Action<Options>> Wrong => new()
    {
        { "LabelColumnName", o => o.LabelColumnName = "" },
        { "FeatureColumnName", o => o.FeatureColumnName = " " },
        { "ScoreColumnName", o => o.ScoreColumnName = null! },
        { "PredictedLabelColumnName", o => o.PredictedLabelColumnName = "" },
        { "Epoch", o => o.Epoch = 0 },
        { "BatchSize", o => o.BatchSize = 0 },
        { "LearningRate", o => o.LearningRate = 0 },
        { "LearningRate", o => o.LearningRate = double.NaN },
        { "Optimizer", o => o.Optimizer = null! },
        { "Mode", o => o.Mode = null! },
        { "HeadDropout", o => o.HeadDropout = 1 },
        { "MicroBatchSize", o => o.MicroBatchSize = 0 },
        { "TimeBudget", o => o.TimeBudget = TimeSpan.FromSeconds(-1) },
        { "Schedule", o => o.LearningRateScheduler = null! },
        { "LabelSmoothing", o => o.LabelSmoothing = 1 },
        { "Augmentation", o => o.Augmentation = null! },
        { "ValidationSetFraction", o => o.ValidationSetFraction = 1 },
        { "ValidationSetFraction", o => o.ValidationSetFraction = -0.1 },
        { "Device", o => o.Device = "gpu" },
        { "Threads", o => o.Threads = 0 },
        { "ScoringBatchSize", o => o.ScoringBatchSize = 0 },
        { "ScoringThreads", o => o.ScoringThreads = 0 },
        { "ScoringEngine", o => o.ScoringEngine = (ScoringEngine)9 },
        { "ImageShape", o => o.ImageShape = new(2, 32, 32) },
        { "ImageShape", o => o.ImageShape = new(3, 0, 32) },
        { "resnet18", o => o.Arch = "resnet19" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongValueIsRefusedByName(string named, Action<Options> set)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => set(new Options()));
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void TheDefaultsAreTheDocumentedOnes()
    {
        var options = new Options();
        Assert.Equal(("Label", "Features", "Score", "PredictedLabel"), (options.LabelColumnName, options.FeatureColumnName, options.ScoreColumnName, options.PredictedLabelColumnName));
        Assert.Equal((30, 128, 0.1, new SgdOptions { Momentum = 0.9, WeightDecay = 1e-4 }), (options.Epoch, options.BatchSize, options.LearningRate, options.Optimizer));
        Assert.Equal((0.0, 0.0, "auto", 32), (options.LabelSmoothing, options.ValidationSetFraction, options.Device, options.ScoringBatchSize));
        Assert.Null(options.Arch);
        Assert.Null(options.Seed);
    }

    [Fact]
    public void ATrainerKeepsItsOwnCopy()
    {
        var options = Pictures.Options(o => o.Epoch = 1);
        var trainer = new ResNetClassificationTrainer(options);
        options.Epoch = 3;
        using var model = trainer.Fit(Pictures.Keyed(new(1), Pictures.Make(6)));
        Assert.Single(model.TrainingResult.Epochs);
    }
}
