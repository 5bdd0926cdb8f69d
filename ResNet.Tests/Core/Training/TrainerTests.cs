using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Quick = new()
    {
        Epochs = 4,
        BatchSize = 32,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.OneCycle(),
        Device = "cpu",
        Threads = 1,
    };

    [Fact]
    public void Learns_what_can_be_learnt()
    {
        using var data = GeneratedImages.Stripes(320);
        using var unseen = GeneratedImages.Stripes(160, seed: 9);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var result = new Trainer(network, Quick with { Epochs = 8 }).Fit(data, unseen);
        Assert.Equal(8, result.Epochs.Count);
        Assert.True(result.Epochs[^1].TrainLoss < result.Epochs[0].TrainLoss / 2, $"{result.Epochs[0].TrainLoss} -> {result.Epochs[^1].TrainLoss}");
        Assert.True(result.Epochs[^1].ValidationAccuracy >= 0.95, $"{result.Epochs[^1].ValidationAccuracy}");
        Assert.False(result.Cancelled);
        Assert.Equal("cpu", result.Device);
        Assert.False(network.training);
    }

    [Fact]
    public void Learns_with_augmentation_smoothing_and_nesterov()
    {
        using var data = GeneratedImages.Stripes(320);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = Quick with { Epochs = 6, Augmentation = Augmentation.Crop(1), LabelSmoothing = 0.1, Optimizer = new SgdOptions { Nesterov = true } };
        Assert.True(new Trainer(network, options).Fit(data).Epochs[^1].TrainAccuracy > 0.8);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        var first = Weights(seed: 3);
        Assert.Equal(first, Weights(seed: 3));
        Assert.NotEqual(first, Weights(seed: 4));

        static byte[] Weights(int seed)
        {
            using var data = GeneratedImages.Stripes(100);
            using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
            new Trainer(network, Quick with { Epochs = 2, Seed = seed, Threads = 2, Augmentation = Augmentation.Crop(2) }).Fit(data);
            return [.. network.state_dict().Values.SelectMany(value => value.bytes.ToArray())];
        }
    }

    [Fact]
    public void The_global_generator_is_left_alone()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        manual_seed(5);
        using var expected = rand(4);
        manual_seed(5);
        new Trainer(network, Quick with { Epochs = 1, Augmentation = Augmentation.ResizedCrop(16) }).Fit(data);
        using var actual = rand(4);
        Assert.Equal(expected.bytes.ToArray(), actual.bytes.ToArray());
    }

    [Fact]
    public void Every_batch_is_reported_and_epochs_end_with_validation()
    {
        using var data = GeneratedImages.Stripes(70);
        using var unseen = GeneratedImages.Stripes(40);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var reports = new Reports();
        var result = new Trainer(network, Quick with { Epochs = 2 }).Fit(data, unseen, reports);

        Assert.Equal(
            [(1, TrainingPhase.Train, 1, 3), (1, TrainingPhase.Train, 2, 3), (1, TrainingPhase.Train, 3, 3), (1, TrainingPhase.Validation, 1, 2), (1, TrainingPhase.Validation, 2, 2)],
            reports.All.Take(5).Select(report => (report.Epoch, report.Phase, report.Batch, report.Batches)));
        Assert.Equal(10, reports.All.Count);
        Assert.All(reports.All, report => Assert.Equal(report is { Phase: TrainingPhase.Validation, Batch: 2 }, report.ValidationLoss is not null));
        Assert.Equal(result.Epochs.Select(epoch => epoch.ValidationAccuracy), reports.All.Where(report => report.ValidationAccuracy is not null).Select(report => report.ValidationAccuracy));
        Assert.Equal(result.Epochs[0].TrainLoss, reports.All[2].Loss);
        Assert.Equal(TimeSpan.Zero, reports.All[^1].Remaining);
        Assert.All(reports.All, report => Assert.True(report.ImagesPerSecond > 0 && report.Elapsed > TimeSpan.Zero));
    }

    [Fact]
    public void Validation_figures_are_of_all_images_in_eval_mode()
    {
        using var data = GeneratedImages.Stripes(64);
        using var unseen = GeneratedImages.Stripes(50, seed: 9);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var last = new Trainer(network, Quick with { Epochs = 1 }).Fit(data, unseen).Epochs[0];

        using var scope = NewDisposeScope();
        var batch = unseen.GetBatch([.. Enumerable.Range(0, 50)]);
        using var scorer = new Scorer(network);
        var logits = scorer.Logits(batch.Pixels);
        var loss = nn.functional.cross_entropy(logits, batch.Labels).item<float>();
        var accuracy = logits.argmax(1).eq(batch.Labels).to(ScalarType.Float32).mean().item<float>();
        Assert.Equal(loss, last.ValidationLoss!.Value, 1e-4);
        Assert.Equal(accuracy, last.ValidationAccuracy!.Value, 1e-6);
    }

    [Fact]
    public void The_schedule_sets_the_rate_of_each_step()
    {
        using var data = GeneratedImages.Stripes(128);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var reports = new Reports();
        new Trainer(network, Quick with { Epochs = 2, LearningRate = 0.1, Schedule = LearningRateSchedule.StepDecay() }).Fit(data, progress: reports);
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001], reports.All.Select(report => Math.Round(report.LearningRate, 9)));
    }

    [Fact]
    public void A_step_is_that_of_plain_sgd()
    {
        using var scope = NewDisposeScope();
        using var data = GeneratedImages.Stripes(16);
        using var trained = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var expected = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        new Trainer(trained, Quick with { Epochs = 1, LearningRate = 0.1, Optimizer = new SgdOptions { WeightDecay = 0.01 }, Schedule = LearningRateSchedule.Constant }).Fit(data);

        var batch = data.GetBatch([.. Enumerable.Range(0, 16)]);
        expected.train();
        nn.functional.cross_entropy(expected.call(batch.Pixels), batch.Labels).backward();
        foreach (var (key, weight) in expected.named_parameters())
        {
            var stepped = weight.detach() - (0.1 * (weight.grad! + (0.01 * weight.detach())));
            Assert.True((stepped - trained.state_dict()[key]).abs().max().item<float>() < 1e-5, key);
        }
    }

    [Fact]
    public void Cancelling_keeps_the_weights_so_far()
    {
        using var data = GeneratedImages.Stripes(128);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var before = network.state_dict()["conv1.weight"].bytes.ToArray();
        using var source = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report is { Epoch: 2, Batch: 2 })
            {
                source.Cancel();
            }
        });
        var result = new Trainer(network, Quick).Fit(data, progress: reports, cancellationToken: source.Token);
        Assert.True(result.Cancelled);
        Assert.Single(result.Epochs);
        Assert.Equal(6, reports.All.Count);
        Assert.NotEqual(before, network.state_dict()["conv1.weight"].bytes.ToArray());
    }

    [Fact]
    public void Cancelling_after_the_last_batch_changes_nothing()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var source = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report is { Epoch: 4, Batch: 2 })
            {
                source.Cancel();
            }
        });
        var result = new Trainer(network, Quick).Fit(data, progress: reports, cancellationToken: source.Token);
        Assert.False(result.Cancelled);
        Assert.Equal(4, result.Epochs.Count);
    }

    [Fact]
    public void A_schedule_that_is_no_rate_is_refused()
    {
        using var data = GeneratedImages.Stripes(8);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = Quick with { Schedule = LearningRateSchedule.From(_ => double.NaN) };
        Assert.Contains("Schedule", Assert.Throws<InvalidOperationException>(() => new Trainer(network, options).Fit(data)).Message);
    }

    [Fact]
    public void Cancelled_before_the_first_step_it_throws()
    {
        using var data = GeneratedImages.Stripes(32);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(network, Quick).Fit(data, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_with_advice()
    {
        var pixels = new float[8 * 3 * 16 * 16];
        pixels[5] = float.NaN;
        using var data = new InMemoryImageDataset(pixels, [0, 1, 2, 3, 0, 1, 2, 3], 3, 16, 16, 4);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var error = Assert.Throws<TrainingDivergedException>(() => new Trainer(network, Quick with { LearningRate = 0.5, Schedule = LearningRateSchedule.Constant }).Fit(data));
        Assert.Equal((1, 1, 0.5), (error.Epoch, error.Batch, error.LearningRate));
        Assert.Contains("learning rate", error.Message);
    }

    [Fact]
    public void An_error_in_progress_surfaces()
    {
        using var data = GeneratedImages.Stripes(32);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Assert.Throws<FormatException>(() => new Trainer(network, Quick).Fit(data, progress: new Reports(_ => throw new FormatException())));
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = Quick with { Epochs = 2, BatchSize = 8, Augmentation = Augmentation.Crop() };
        var live = new List<long>();
        new Trainer(network, options).Fit(data, data, new Reports(_ => live.Add(Live())));
        Assert.Equal(32, live.Count);

        // Eight batches of training and eight of validation an epoch: the second epoch is where the first one was.
        Assert.Equal(live[1..16], live[17..]);

        static long Live()
        {
            var statistics = DisposeScopeManager.Statistics;
            return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount
                - statistics.DisposedInScopeCount - statistics.DisposedOutsideScopeCount;
        }
    }

    [Fact]
    public void A_last_batch_of_one_image_is_no_trouble()
    {
        using var data = GeneratedImages.Stripes(33);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork with { Stages = [1, 1, 1, 1], Stem = StemKind.Cifar, Shortcut = ShortcutOption.B }, seed: 1);
        var reports = new Reports();
        new Trainer(network, Quick with { Epochs = 1 }).Fit(data, data, reports);
        Assert.All(reports.All, report => Assert.Equal(1, report.Batches));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(null)]
    public void Threads_are_as_asked_during_the_run_and_as_before_afterwards(int? threads)
    {
        using var data = GeneratedImages.Stripes(8);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var (before, during) = (get_num_threads(), 0);
        new Trainer(network, Quick with { Epochs = 1, Threads = threads }).Fit(data, progress: new Reports(_ => during = get_num_threads()));
        Assert.Equal(threads ?? before, during);
        Assert.Equal(before, get_num_threads());
    }

    public static TheoryData<string, IImageDataset> Unfit() => new()
    {
        { "no images", new SubsetImageDataset(GeneratedImages.Stripes(4), []) },
        { "has 1 class;", new OddDataset(Classes: 1) },
        { "Classes = 3", new OddDataset(Classes: 3) },
        { "channels", new OddDataset(Channels: 1) },
        { "at least 2×2 pixels", new OddDataset(Side: 1) },
        { "has label 4", new OddDataset(Label: 4) },
        { "has label -1", new OddDataset(Label: -1) },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Unfit_data_is_refused(string why, IImageDataset data)
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new Trainer(network, Quick).Fit(data)).Message);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        using var data = GeneratedImages.Stripes(8);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Assert.Contains("Momentum", Assert.Throws<ArgumentException>(() => new Trainer(network, Quick with { Optimizer = new SgdOptions { Nesterov = true, Momentum = 0 } }).Fit(data)).Message);
        Assert.Contains("cuda:99", Assert.Throws<ArgumentException>(() => new Trainer(network, Quick with { Device = "cuda:99" }).Fit(data)).Message);
    }

    [Fact]
    public void Batches_of_one_image_need_more_than_one_pixel_at_the_end()
    {
        var specification = GeneratedImages.TinyNetwork with { InputSize = 2 };
        using var network = new ResidualNetwork(specification, seed: 1);
        var data = new OddDataset(Side: 2);
        Assert.Contains("BatchSize", Assert.Throws<ArgumentException>(() => new Trainer(network, Quick with { BatchSize = 1 }).Fit(data)).Message);
        Assert.Single(new Trainer(network, Quick with { BatchSize = 2, Epochs = 1 }).Fit(data).Epochs);
    }

    public sealed record OddDataset(int Channels = 3, int Side = 16, int Classes = 4, long Label = 0) : IImageDataset
    {
        public int Count => 4;

        public int Height => Side;

        public int Width => Side;

        public ImageBatch GetBatch(ReadOnlySpan<int> indices) => new(
            zeros(indices.Length, Channels, Side, Side), full(indices.Length, Label, dtype: ScalarType.Int64));
    }
}
