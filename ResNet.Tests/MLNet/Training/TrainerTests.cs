using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>What Fit does with its data and options.</summary>
public class TrainerTests
{
    private static readonly MLContext Context = new(1);

    private static ResNetClassificationTransformer Fit(Action<ResNetClassificationTrainer.Options>? change = null, int count = 48) =>
        new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            o.Epoch = 2;
            change?.Invoke(o);
        })).Fit(Pictures.Keyed(Context, Pictures.Make(count)));

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        void Change(ResNetClassificationTrainer.Options o) => (o.Seed, o.ValidationSetFraction, o.Augmentation) = (7, 0.25, Augmentation.Crop(2));
        using var one = Fit(Change);
        using var again = Fit(Change);
        using var other = Fit(o =>
        {
            Change(o);
            o.Seed = 8;
        });
        Assert.Equal(Pictures.Weights(one), Pictures.Weights(again));
        Assert.NotEqual(Pictures.Weights(one), Pictures.Weights(other));
        Assert.Equal(one.TrainingResult.Epochs.Select(epoch => epoch.ValidationLoss), again.TrainingResult.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public void WithoutASeedTheContextsCounts()
    {
        using var one = Fit(o => o.Context = new MLContext(3));
        using var again = Fit(o => o.Context = new MLContext(3));
        using var other = Fit(o => o.Context = new MLContext(4));
        using var none = Fit();
        using var zero = Fit(o => o.Seed = 0);
        Assert.Equal(Pictures.Weights(one), Pictures.Weights(again));
        Assert.NotEqual(Pictures.Weights(one), Pictures.Weights(other));
        Assert.Equal(Pictures.Weights(none), Pictures.Weights(zero));
    }

    [Fact]
    public void FittingTwiceStartsTwice()
    {
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 1));
        var data = Pictures.Keyed(Context, Pictures.Make(24));
        using var one = trainer.Fit(data);
        var first = Pictures.Weights(one);
        using var two = trainer.Fit(data);
        Assert.Equal(first, Pictures.Weights(two));
        Assert.NotSame(one.Network, two.Network);
        one.Dispose();
        Assert.Equal(24, Pictures.Scores(two.Transform(data)).Length);
    }

    [Fact]
    public void FitOnTwoViewsMeasuresOnTheSecond()
    {
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 2));
        var train = Pictures.Keyed(Context, Pictures.Make(48));
        var validation = new CountingView(Pictures.Keyed(Context, Pictures.Make(12, seed: 8)));
        using var with = trainer.Fit(train, validation);
        using var without = trainer.Fit(train);

        Assert.Equal(12, validation.Reads["Features"]);
        Assert.All(with.TrainingResult.Epochs, epoch => Assert.NotNull(epoch.ValidationAccuracy));
        Assert.All(without.TrainingResult.Epochs, epoch => Assert.Null(epoch.ValidationAccuracy));
        Assert.Equal(Pictures.Weights(with), Pictures.Weights(without));
    }

    [Fact]
    public void TheValidationSetOfTheOptionsIsUsedUnlessFitGetsOne()
    {
        var options = new CountingView(Pictures.Keyed(Context, Pictures.Make(6, seed: 8)));
        var given = new CountingView(Pictures.Keyed(Context, Pictures.Make(6, seed: 9)));
        var train = Pictures.Keyed(Context, Pictures.Make(12));
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => (o.Epoch, o.ValidationSet, o.ValidationSetFraction) = (1, options, 0.5)));

        using var one = trainer.Fit(train);
        Assert.Equal((1, 0), (options.Cursors, given.Cursors));
        Assert.NotNull(one.TrainingResult.Epochs[0].ValidationLoss);
        using var two = trainer.Fit(train, given);
        Assert.Equal((1, 1), (options.Cursors, given.Cursors));
    }

    [Fact]
    public void AFractionIsHeldBackOfEveryClass()
    {
        var reports = new List<TrainingProgress>();
        using var model = Fit(o => (o.Epoch, o.BatchSize, o.ValidationSetFraction, o.Progress) = (1, 1, 0.25, new Recorder(reports.Add)));
        Assert.Equal(36, reports.Count(report => report.Phase == TrainingPhase.Train));
        Assert.Equal(12, reports.Count(report => report.Phase == TrainingPhase.Validation));
        Assert.NotNull(model.TrainingResult.Epochs[0].ValidationAccuracy);
    }

    [Fact]
    public void CancellingInAnEpochKeepsTheModelSoFar()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = 0;
        using var model = Fit(o => (o.Epoch, o.CancellationToken, o.Progress) = (50, cancellation.Token, new Recorder(report =>
        {
            reports++;
            if (report is { Epoch: 2, Batch: 2 }) cancellation.Cancel();
        })));
        Assert.True(model.TrainingResult.Cancelled);
        Assert.Single(model.TrainingResult.Epochs);
        Assert.Equal(5, reports);
        Assert.Equal(6, Pictures.Scores(model.Transform(Pictures.Keyed(Context, Pictures.Make(6)))).Length);
    }

    [Fact]
    public void CancellingBeforeTheFirstStepThrows() =>
        Assert.Throws<OperationCanceledException>(() => Fit(o => o.CancellationToken = new CancellationToken(canceled: true)));

    [Fact]
    public void AnErrorInTheProgressReceiverComesOut() =>
        Assert.Throws<TimeoutException>(() => Fit(o => o.Progress = new Recorder(_ => throw new TimeoutException())));

    [Fact]
    public void TheLogSaysWhatIsTrainedAndHowEachEpochWent()
    {
        var ml = new MLContext(1);
        var lines = new List<string>();
        ml.Log += (_, line) => lines.Add($"{line.Source}: {line.RawMessage}");
        using var model = Fit(o => o.Context = ml);

        var parameters = model.Network.parameters().Sum(parameter => parameter.numel());
        Assert.Contains(lines, line => line.Contains("ResNetClassification") && line.Contains(FormattableString.Invariant($"tiny, {parameters:n0} parameters, on cpu")));
        Assert.Contains(lines, line => line.Contains("48 images of 3×12×12, 3 classes, 0 images for validation"));
        Assert.Equal(2, lines.Count(line => line.Contains("images/s") && line.Contains("of 2: loss")));
    }

    [Theory]
    [InlineData(3, 32, 32, null, "resnet20")]
    [InlineData(1, 64, 48, null, "resnet20")]
    [InlineData(3, 65, 40, null, "resnet18")]
    [InlineData(1, 32, 32, "resnet50", "resnet50")]
    public void TheNetworkFollowsTheImagesUnlessNamed(int channels, int height, int width, string? arch, string expected)
    {
        var specification = ResNet.MLNet.Training.NetworkChoice.For(new ResNetClassificationTrainer.Options { Arch = arch }, new(channels, height, width), 7);
        Assert.Equal((expected, 7, channels), (specification.Name, specification.Classes, specification.InputChannels));
        Assert.Equal(channels, specification.Normalization!.Mean.Length);
    }

    [Theory]
    [InlineData("plain20")]
    [InlineData("stochastic_depth_resnet110")]
    [InlineData("densenet_bc100_12")]
    [InlineData("highway32")]
    [InlineData("odenet")]
    public void EveryFamilyTrainsByItsName(string name)
    {
        using var model = Fit(o => (o.Arch, o.Specification, o.Epoch) = (name.ToUpperInvariant(), null, 1), count: 4);
        Assert.Equal(name, model.Specification.Name);
        Assert.Equal(3, model.Specification.Classes);
        Assert.True(double.IsFinite(model.TrainingResult.Epochs[0].TrainLoss));
    }

    [Fact]
    public void ASpecificationKeepsAllButItsClasses()
    {
        using var model = Fit(o => (o.Specification, o.Epoch) = (Pictures.Tiny() with { Classes = 1000, Width = 6 }, 1));
        var specification = Assert.IsType<ResNetSpecification>(model.Specification);
        Assert.Equal((3, 6), (specification.Classes, specification.Width));
    }

    private sealed class Recorder(Action<TrainingProgress> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record(value);
    }
}
