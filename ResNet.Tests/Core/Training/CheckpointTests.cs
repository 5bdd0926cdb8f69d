using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("checkpoint").FullName;

    private static readonly TrainingOptions Quick = new()
    {
        Epochs = 4,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.OneCycle(),
        Augmentation = Augmentation.Crop(1),
        Device = "cpu",
        Threads = 1,
    };

    private string File => Path.Combine(folder, "deeper", "run.safetensors");

    public static TheoryData<string, TrainingOptions> Ways => new()
    {
        { "sgd", Quick },
        { "adamw, average, early stopping", Quick with { Optimizer = new AdamWOptions(), LearningRate = 0.01, Averaging = new(), EarlyStopping = new() } },
        { "fine-tuning", Quick with { Epochs = 3, Mode = TrainingMode.FineTune() } },
        { "the last weights", Quick with { KeepBest = false, Averaging = new() { Steps = 3 } } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_resumed_run_has_the_bits_of_an_uninterrupted_one(string way, TrainingOptions options)
    {
        Assert.NotEmpty(way);
        var (whole, wholeResult) = Run(options);
        foreach (var interruption in new[] { 2, 4 })
        {
            var saving = options with { Checkpoint = new CheckpointOptions { Path = File, Resume = interruption == 4 } };
            var (_, cut) = Run(saving with { Checkpoint = saving.Checkpoint with { Resume = false } }, cancelIn: interruption);
            Assert.Equal(interruption == 4 ? 3 : 1, cut.Epochs.Count);
            var (resumed, result) = Run(saving with { Checkpoint = saving.Checkpoint with { Resume = true } });
            Assert.Equal(whole, resumed);
            Assert.Equal(wholeResult.BestEpoch, result.BestEpoch);
            Assert.Equal(
                wholeResult.Epochs.Select(epoch => epoch with { ImagesPerSecond = 0 }),
                result.Epochs.Select(epoch => epoch with { ImagesPerSecond = 0 }));
        }

        // A finished run is not trained further.
        var reports = new Reports();
        var (again, _) = Run(options with { Checkpoint = new CheckpointOptions { Path = File } }, reports: reports);
        Assert.Equal(whole, again);
        Assert.Empty(reports.All);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void Dropout_goes_on_with_the_same_bits()
    {
        var options = Quick with { Checkpoint = new CheckpointOptions { Path = File } };
        var (whole, _) = Run(Quick, dropout: 0.5);
        Assert.NotEqual(whole, Run(Quick).Weights);
        Run(options, dropout: 0.5, cancelIn: 3);
        Assert.Equal(whole, Run(options, dropout: 0.5).Weights);
    }

    [Fact]
    public void Another_run_is_refused_by_what_differs()
    {
        var options = Quick with { Epochs = 1, Checkpoint = new CheckpointOptions { Path = File } };
        Run(options);
        var before = System.IO.File.ReadAllBytes(File);
        Assert.Contains("Seed was 0 and is 3", Assert.Throws<ArgumentException>(() => Run(options with { Seed = 3 })).Message);
        Assert.Contains("BatchSize", Assert.Throws<ArgumentException>(() => Run(options with { BatchSize = 8 })).Message);
        Assert.Contains("Optimizer", Assert.Throws<ArgumentException>(() => Run(options with { Optimizer = new AdamWOptions() })).Message);
        Assert.Contains("network", Assert.Throws<ArgumentException>(() => Run(options, dropout: 0.1)).Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        var options = Quick with { Epochs = 1, Checkpoint = new CheckpointOptions { Path = File } };
        Run(options);
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..^100]);
        Assert.Throws<InvalidDataException>(() => Run(options));
        System.IO.File.WriteAllBytes(File, [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => Run(options));
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Safetensors.Write(File, StateDict.Of(network));
        Assert.Contains("no checkpoint", Assert.Throws<InvalidDataException>(() => Run(options)).Message);
        Run(options with { Checkpoint = options.Checkpoint with { Resume = false } });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static (byte[] Weights, TrainingResult Result) Run(TrainingOptions options, int? cancelIn = null, double dropout = 0, Reports? reports = null)
    {
        using var source = new CancellationTokenSource();
        using var data = GeneratedImages.Stripes(48);
        using var unseen = GeneratedImages.Stripes(24, seed: 9);
        using var network = (GeneratedImages.TinyNetwork with { HeadDropout = dropout }).Create(seed: 1);
        var result = new Trainer(network, options).Fit(data, unseen, reports ?? new Reports(report =>
        {
            if (report.Epoch == cancelIn && report.Batch == 2)
            {
                source.Cancel();
            }
        }), source.Token);
        return ([.. network.state_dict().Values.SelectMany(value => value.contiguous().bytes.ToArray())], result);
    }
}
