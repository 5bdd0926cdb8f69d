using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>A disk that fills up: plain words, and nothing lost that could be kept.</summary>
public class FullDiskTests
{
    private static readonly IDataView Data = Pictures.Keyed(new MLContext(1), Pictures.Make(60));

    private static ResNetClassificationTransformer Fit(Action<ResNetClassificationTrainer.Options> change, List<string> log, IDataView? data = null)
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) => log.Add(e.Message);
        return new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            (o.Context, o.Seed, o.Epoch) = (ml, 1, 3);
            change(o);
        })).Fit(data ?? Data);
    }

    [SkippableFact]
    public void ImagesThatFitNowhereAreAPlainError()
    {
        using var disk = new SmallDisk();
        var many = Pictures.Keyed(new MLContext(1), Pictures.Make(3000));
        var message = Assert.ThrowsAny<IOException>(() => Fit(o => (o.ImageCacheMemory, o.WorkspacePath) = (0, disk.Path), [], many)).Message;
        Assert.Contains($"the folder '{disk.Path}' takes no more", message);
        Assert.Contains("give another folder as WorkspacePath, or allow more memory", message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [SkippableFact]
    public void FeaturesThatCannotBeKeptAreNotMissed()
    {
        using var disk = new SmallDisk();
        disk.Fill(left: 0);
        var log = new List<string>();
        using var model = Fit(o => (o.Mode, o.WorkspacePath) = (TrainingMode.HeadOnly(), disk.Path), log);
        Assert.Contains(log, line => line.Contains("cannot be kept") && line.Contains("make room there"));
        using var other = Fit(o => (o.Mode, o.ReuseFeatures) = (TrainingMode.HeadOnly(), false), []);
        Assert.Equal(Pictures.Weights(other), Pictures.Weights(model));
        Assert.Single(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories));
    }

    [SkippableFact]
    public void ACheckpointThatCannotBeSavedLeavesTheOneBeforeAndTheTraining()
    {
        using var disk = new SmallDisk();
        var path = Path.Combine(disk.Path, "run.safetensors");
        var log = new List<string>();
        using var model = Fit(
            o =>
            {
                o.Checkpoint = new() { Path = path };
                o.MetricsCallback = progress =>
                {
                    if (progress is { Epoch: 2, Batch: 1, Phase: TrainingPhase.Train }) disk.Fill(left: 0);
                };
            },
            log);
        Assert.Equal(3, model.TrainingResult.Epochs.Count);
        Assert.Contains("could not be saved after epoch 3, the one before is still there", model.TrainingResult.CheckpointProblem);
        Assert.Contains(log, line => line.Contains("could not be saved"));
        using var whole = Fit(_ => { }, []);
        Assert.Equal(Pictures.Weights(whole), Pictures.Weights(model));

        // With room again, the run goes on from the epoch that was saved.
        File.Delete(Path.Combine(disk.Path, "filler"));
        using var resumed = Fit(o => o.Checkpoint = new() { Path = path }, []);
        Assert.Null(resumed.TrainingResult.CheckpointProblem);
        Assert.Equal(Pictures.Weights(whole), Pictures.Weights(resumed));
    }

    [SkippableFact]
    public void AModelThatCannotBeSavedIsStillThere()
    {
        using var disk = new SmallDisk();
        disk.Fill(left: 1000);
        var (ml, data, model) = Pictures.Trained;
        Assert.Contains("space", Assert.ThrowsAny<IOException>(() => ml.Model.Save(model, data.Schema, Path.Combine(disk.Path, "model.zip"))).Message);
        using var folder = new TemporaryFolder();
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        Assert.Equal(90, Pictures.Scores(new MLContext().Model.Load(folder.File("model.zip"), out _).Transform(data)).Length);
    }
}
