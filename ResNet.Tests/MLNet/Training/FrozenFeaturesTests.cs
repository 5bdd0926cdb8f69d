using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Training of the head alone: the backbone runs once, the next run finds its features, and nothing goes wrong unseen.</summary>
public class FrozenFeaturesTests
{
    private static readonly IDataView Data = Pictures.Keyed(new MLContext(1), Pictures.Make(60));

    // A file whose backbone knows the pictures; its labels are other ones, so that the head is fresh.
    private static readonly Lazy<OnnxFile> Backbone = new(() =>
    {
        using var stream = new MemoryStream();
        Pictures.Trained.Model.LastTransformer.Network.SaveOnnx(stream, new() { Labels = ["x", "y", "z"] });
        return OnnxFile.Read(stream.ToArray(), "test");
    });

    private static (ResNetClassificationTransformer Model, string Log) Fit(
        TemporaryFolder folder, Action<ResNetClassificationTrainer.Options>? change = null, IDataView? data = null, IDataView? validation = null)
    {
        var (ml, lines) = (new MLContext(1), new List<string>());
        ml.Log += (_, e) => lines.Add(e.Message);
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            (o.Specification, o.ContinueFrom, o.Mode) = (null, Backbone.Value, TrainingMode.HeadOnly());
            (o.Context, o.Seed, o.Threads, o.WorkspacePath) = (ml, 5, 1, folder.Path);
            (o.Epoch, o.LearningRateScheduler) = (20, LearningRateSchedule.Constant);
            change?.Invoke(o);
        }));
        var model = validation is null ? trainer.Fit(data ?? Data) : trainer.Fit(data ?? Data, validation);
        return (model, string.Join('\n', lines));
    }

    [Fact]
    public void TheSecondRunComputesNothingAndGivesTheSameModel()
    {
        using var folder = new TemporaryFolder();
        var (first, log) = Fit(folder);
        using (first)
        {
            Assert.Contains("60 computed, 0 from the cache", log);
            Assert.Contains("Features by ONNX Runtime", log);
            var (second, again) = Fit(folder);
            using (second)
            {
                Assert.Contains("0 computed, 60 from the cache", again);
                Assert.DoesNotContain("ONNX Runtime", again);
                Assert.Equal(Pictures.Weights(first), Pictures.Weights(second));
            }

            var ml = new MLContext(1);
            Assert.Equal(1, ml.MulticlassClassification.Evaluate(first.Transform(Pictures.Keyed(ml, Pictures.Make(30, seed: 9)))).MicroAccuracy);
        }
    }

    [Fact]
    public void ARunThatStartsWithTheHeadAloneDoesThatOnFeatures()
    {
        using var folder = new TemporaryFolder();
        var recipe = TransferRecipe.FineTune(60, Backbone.Value.Specification) with { Epochs = 2 };
        var probe = recipe.Mode.Stages(recipe, 5)[0].Epochs;
        var (model, log) = Fit(folder, o => (o.Training, o.Threads) = (recipe, 1));
        using (model)
        {
            Assert.Contains("Features of 240 images", log);
            Assert.Contains($"Epoch {probe + 1} of {probe + 2}", log);
            Assert.Equal(probe + 2, model.TrainingResult.Epochs.Count);
            var ml = new MLContext(1);
            Assert.Equal(1, ml.MulticlassClassification.Evaluate(model.Transform(Pictures.Keyed(ml, Pictures.Make(30, seed: 9)))).MicroAccuracy);
        }

        (model, log) = Fit(folder, o => (o.Training, o.Threads, o.CachedViews) = (recipe with { Mode = TrainingMode.ProbeThenFineTune(recipe with { Epochs = 1 }) }, 1, 0));
        model.Dispose();
        Assert.DoesNotContain("Features", log);
    }

    [Fact]
    public void OnlyWhatIsNewIsComputed()
    {
        using var folder = new TemporaryFolder();
        Fit(folder).Model.Dispose();
        var pictures = Pictures.Make(60);
        pictures[7].Features[100] += 1;
        pictures.AddRange(Pictures.Make(6, seed: 8));
        var (model, log) = Fit(folder, data: Pictures.Keyed(new MLContext(1), pictures));
        model.Dispose();
        Assert.Contains("7 computed, 59 from the cache", log);
        (model, log) = Fit(folder, o => o.ReuseFeatures = false);
        model.Dispose();
        Assert.Contains("60 computed", log);
    }

    [Fact]
    public void BothEnginesTrainAlike()
    {
        using var folder = new TemporaryFolder();
        var (onnx, _) = Fit(folder);
        var (torch, log) = Fit(folder, o => o.ScoringEngine = ScoringEngine.TorchSharp);
        Assert.Contains("60 computed", log);
        Assert.InRange(Pictures.Weights(onnx).Zip(Pictures.Weights(torch)).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-3);
        onnx.Dispose();
        torch.Dispose();
    }

    [Fact]
    public void ValidationIsHonouredBothWaysAndNotAugmented()
    {
        using var folder = new TemporaryFolder();
        var (model, log) = Fit(folder, o => (o.ValidationSetFraction, o.Augmentation, o.CachedViews) = (0.25, Augmentation.Flip(), 3));
        model.Dispose();
        // 45 images in three views, and 15 as they are.
        Assert.Contains("Features of 150 images", log);
        Assert.NotNull(model.TrainingResult.Epochs[0].ValidationAccuracy);
        (model, log) = Fit(folder, validation: Pictures.Keyed(new MLContext(1), Pictures.Make(12, seed: 3)));
        model.Dispose();
        Assert.Contains("Features of 12 images", log);
        Assert.Equal(1, model.TrainingResult.Epochs[^1].ValidationAccuracy);
    }

    [Fact]
    public void TheHeadLearnsWhatItLearnsWithTheWholeNetworkBesideIt()
    {
        using var folder = new TemporaryFolder();
        var (cached, _) = Fit(folder, o => o.ValidationSetFraction = 0.25);
        var (whole, log) = Fit(folder, o => (o.ValidationSetFraction, o.CachedViews) = (0.25, 0));
        Assert.DoesNotContain("cache", log);
        // The same rows are held out, and both learn them; the features' scale differs, so the weights do.
        Assert.Equal(whole.TrainingResult.Epochs[^1].ValidationAccuracy!.Value, cached.TrainingResult.Epochs[^1].ValidationAccuracy!.Value, 0.1);
        cached.Dispose();
        whole.Dispose();
    }

    [Fact]
    public void TwoRunsAtOnceInOneFolder()
    {
        using var folder = new TemporaryFolder();
        var weights = new float[4][];
        Parallel.For(0, weights.Length, i =>
        {
            using var model = Fit(folder).Model;
            weights[i] = Pictures.Weights(model);
        });
        Assert.All(weights, run => Assert.Equal(weights[0], run));
    }

    [Fact]
    public void CutAndDamagedFilesAreComputedAgain()
    {
        using var folder = new TemporaryFolder();
        Fit(folder).Model.Dispose();
        var file = Directory.EnumerateFiles(folder.Path, "*.features", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[100] ^= 1;
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        var (model, log) = Fit(folder);
        using (model)
        {
            var (whole, _) = Fit(folder, o => o.ReuseFeatures = false);
            Assert.Equal(Pictures.Weights(whole), Pictures.Weights(model));
            whole.Dispose();
        }

        Assert.Matches("(3[1-9]) computed, 2[0-9] from the cache", log);
    }

    [Fact]
    public void WhereNothingCanBeKeptItIsSaidAndTrainingGoesOn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        var (model, log) = Fit(folder, o => o.WorkspacePath = folder.File("file"));
        model.Dispose();
        Assert.Contains("cannot be kept", log);
        Assert.Contains("choose another folder", log);
    }

    [Fact]
    public void CancellingKeepsWhatWasComputed()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var rows = 0;
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(Count(Pictures.Make(60)));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", keyData: ml.Data.LoadFromEnumerable(Pictures.Labels.Select(label => new { Label = label }))).Fit(view).Transform(view);
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(folder, o => o.CancellationToken = cancel.Token, data: keyed));
        var (model, log) = Fit(folder);
        model.Dispose();
        Assert.Matches("[1-9][0-9]* from the cache", log);

        IEnumerable<Picture> Count(List<Picture> pictures)
        {
            foreach (var picture in pictures)
            {
                // The labels are one pass; the images another.
                if (++rows == 60 + 40) cancel.Cancel();
                yield return picture;
            }
        }
    }

    [Fact]
    public void BadDataAreFoundBeforeOrWhileTheyAreRead()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(1);
        var one = Pictures.Make(9);
        one.ForEach(picture => picture.Label = "pear");
        Assert.Contains("1 class", Assert.Throws<ArgumentException>(() => Fit(folder, data: Pictures.Keyed(ml, one))).Message);

        var normalised = Pictures.Make(20);
        normalised.ForEach(picture => picture.Features = [.. picture.Features.Select(value => value / 255)]);
        Assert.Contains("normalised already", Assert.Throws<InvalidDataException>(() => Fit(folder, data: Pictures.Keyed(ml, normalised))).Message);

        var broken = Pictures.Make(40);
        broken[33].Features[5] = float.NaN;
        Assert.Contains("Row 33", Assert.Throws<InvalidDataException>(() => Fit(folder, data: Pictures.Keyed(ml, broken))).Message);

        Assert.Contains("CachedViews", Assert.Throws<ArgumentException>(() => Fit(folder, o => o.Augmentation = Augmentation.ResizedCrop(20))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(folder, o => o.CachedViews = -1));
        Assert.Throws<ArgumentException>(() => Fit(folder, o => o.WorkspacePath = " "));
    }
}
