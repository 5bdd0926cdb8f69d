using ResNet.Core;
using ResNet.Tests.Core.Training;

namespace ResNet.Tests.Core.Features;

/// <summary>Linear probing on features, then fine-tuning on images, as one run.</summary>
public class ProbedTrainerTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 2,
        BatchSize = 16,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        Mode = TrainingMode.ProbeThenFineTune(TransferRecipe.Frozen(64, GeneratedImages.TinyNetwork) with { Epochs = 5 }, trainedGroups: 2),
        Device = "cpu",
        Threads = 1,
    };

    private static (ClassificationNetwork Network, TrainingResult Result) Run(
        TrainingOptions options, bool validate = false, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var network = GeneratedImages.TinyNetwork.Create(seed: 3);
        using var train = GeneratedImages.Stripes(64, seed: 1);
        using var validation = GeneratedImages.Stripes(32, seed: 2);
        var result = new ProbedTrainer(network, options).Fit(
            Features(network, train), validate ? Features(network, validation) : null, train, validate ? validation : null, progress, cancellation);
        return (network, result);
    }

    private static FeatureSet Features(ClassificationNetwork network, InMemoryImageDataset images)
    {
        using var extractor = new FeatureExtractor(network);
        using var batch = images.GetBatch([.. Enumerable.Range(0, images.Count)]);
        using var features = extractor.Extract(batch.Pixels);
        return new([.. Enumerable.Range(0, images.Count).Select(i => features[i].data<float>().ToArray())], images.Labels);
    }

    private static byte[][] Bytes(ClassificationNetwork network) => [.. network.state_dict().Values.Select(value => value.bytes.ToArray())];

    [Fact]
    public void It_is_a_head_trainer_and_then_a_trainer_to_the_bit()
    {
        var epochs = new List<(int, int)>();
        var (network, result) = Run(Options, progress: new Reports(report => epochs.Add((report.Epoch, report.Epochs))));
        using var one = network;
        using var other = GeneratedImages.TinyNetwork.Create(seed: 3);
        using var train = GeneratedImages.Stripes(64, seed: 1);
        var probe = TransferRecipe.Frozen(64, GeneratedImages.TinyNetwork) with { Epochs = 5, BatchSize = 16, Device = "cpu", Threads = 1 };
        new HeadTrainer(other, probe with { Optimizer = new SgdOptions { WeightDecay = probe.Optimizer.WeightDecay } }).Fit(Features(other, train));
        new Trainer(other, Options with { Mode = new LastStage() }).Fit(train);

        Assert.Equal(Bytes(other), Bytes(network));
        Assert.Equal(Enumerable.Range(1, 7), result.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Enumerable.Range(1, 7).SelectMany(epoch => Enumerable.Repeat((epoch, 7), 4)), epochs);
        Assert.Equal(StopReason.Finished, result.Stopped);
    }

    [Fact]
    public void Statistics_and_lower_layers_stay_and_the_rest_is_trained()
    {
        using var before = GeneratedImages.TinyNetwork.Create(seed: 3);
        var (network, _) = Run(Options);
        using var after = network;
        var old = before.state_dict();
        foreach (var (name, value) in network.state_dict())
        {
            var trained = (name.StartsWith("layer2.", StringComparison.Ordinal) || name.StartsWith("fc.", StringComparison.Ordinal))
                && !name.Contains("running_", StringComparison.Ordinal) && !name.Contains("num_batches", StringComparison.Ordinal);
            Assert.True(trained != value.Equals(old[name]), name);
        }
    }

    [Fact]
    public void Where_fine_tuning_makes_it_worse_the_probe_is_kept()
    {
        var mode = TrainingMode.ProbeThenFineTune(TransferRecipe.Frozen(64, GeneratedImages.TinyNetwork), trainedGroups: 2);
        var (network, result) = Run(Options with { Mode = mode, LearningRate = 1, Optimizer = new SgdOptions { ClipNorm = 1 }, Metric = TrainingMetric.Loss }, validate: true);
        using var kept = network;
        var best = result.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.True(best.Epoch <= 60 && result.Epochs.Count > 60, $"{best}");
        Assert.Equal(best.Epoch, result.BestEpoch);
        using var fresh = GeneratedImages.TinyNetwork.Create(seed: 3);
        var weight = network.state_dict()["layer2.0.conv1.weight"];
        Assert.Equal(fresh.state_dict()["layer2.0.conv1.weight"].bytes.ToArray(), weight.bytes.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Cancelled_in_either_part_it_returns_what_there_is(int epoch)
    {
        using var source = new CancellationTokenSource();
        var (network, result) = Run(Options, progress: new Reports(report =>
        {
            if (report.Epoch == epoch && report.Batch == report.Batches)
            {
                source.Cancel();
            }
        }), cancellation: source.Token);
        network.Dispose();
        Assert.True(result.Cancelled);
        Assert.InRange(result.Epochs.Count, epoch - 1, epoch);
    }

    private sealed class LastStage : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
            [new() { Epochs = options.Epochs, LearningRate = options.LearningRate, Schedule = options.Schedule, TrainedGroups = 2, KeepStatistics = true }];
    }
}
