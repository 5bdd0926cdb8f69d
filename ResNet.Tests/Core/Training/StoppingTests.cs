using ResNet.Core;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class StoppingTests
{
    private static readonly TrainingOptions Quick = new()
    {
        Epochs = 6,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.Constant,
        Device = "cpu",
        Threads = 1,
    };

    [Fact]
    public void The_best_epochs_weights_are_kept()
    {
        // After two good epochs, rates that ruin the network.
        var options = Quick with { Schedule = LearningRateSchedule.From(position => position.Epoch < 2 ? 1 : 1000) };
        var (network, result) = Fit(options);
        using (network)
        {
            Assert.Equal(StopReason.Finished, result.Stopped);
            Assert.Equal(6, result.Epochs.Count);
            Assert.InRange(result.BestEpoch!.Value, 1, 2);
            Assert.Equal(result.Epochs.Max(epoch => epoch.ValidationAccuracy), result.Epochs[result.BestEpoch.Value - 1].ValidationAccuracy);
            Assert.Equal(result.Epochs[result.BestEpoch.Value - 1].ValidationLoss!.Value, ValidationLoss(network), 1e-5);
        }

        var (last, all) = Fit(options with { KeepBest = false });
        using (last)
        {
            Assert.Null(all.BestEpoch);
            Assert.Equal(all.Epochs[^1].ValidationLoss!.Value, ValidationLoss(last), Math.Abs(ValidationLoss(last)) * 1e-4);
            Assert.NotEqual(ValidationLoss(network: null), ValidationLoss(last));
        }
    }

    [Fact]
    public void Early_stopping_waits_for_its_patience_and_restores_the_best()
    {
        var options = Quick with
        {
            Epochs = 50,
            Metric = TrainingMetric.Loss,
            EarlyStopping = new EarlyStopping { Patience = 3, MinDelta = 0 },
            Schedule = LearningRateSchedule.From(position => position.Epoch < 2 ? 1 : 1000),
        };
        var (network, first) = Fit(options);
        using (network)
        {
            Assert.Equal(StopReason.EarlyStopping, first.Stopped);
            Assert.Equal(first.BestEpoch!.Value + 3, first.Epochs.Count);
            Assert.Equal(first.Epochs.Min(epoch => epoch.ValidationLoss), first.Epochs[first.BestEpoch.Value - 1].ValidationLoss);
            Assert.Equal(first.Epochs.Min(epoch => epoch.ValidationLoss)!.Value, ValidationLoss(network), 1e-5);
        }

        // The same options object serves again, from the start.
        var (again, second) = Fit(options);
        using (again)
        {
            Assert.Equal(first.Epochs.Select(epoch => epoch.ValidationLoss), second.Epochs.Select(epoch => epoch.ValidationLoss));
        }
    }

    [Fact]
    public void Improvements_below_the_smallest_one_do_not_count_but_their_weights_do()
    {
        using var module = nn.Linear(1, 1, hasBias: false);
        using var best = new BestEpoch(module, TrainingMetric.Accuracy, selective: true, new EarlyStopping { Patience = 2, MinDelta = 0.1 });
        using var untracked = no_grad();
        Assert.False(Offer(1, 0.50));
        Assert.False(Offer(2, 0.55));
        Assert.True(Offer(3, 0.54));
        best.Restore();
        Assert.Equal(2, module.weight.item<float>());
        Assert.Equal(2, best.Number);
        Assert.False(Offer(4, 0.65));
        Assert.Equal(4, best.Number);

        bool Offer(int epoch, double accuracy)
        {
            module.weight.fill_(epoch);
            var metrics = new EpochMetrics(epoch, 0, 0, 1, accuracy, 0, 0);
            best.Offer(metrics);
            return best.IsTimeToStop(metrics);
        }
    }

    [Fact]
    public void Of_two_equal_accuracies_the_lower_loss_is_better()
    {
        using var module = nn.Linear(1, 1);
        using var best = new BestEpoch(module, TrainingMetric.Accuracy, selective: true, null);
        best.Offer(new EpochMetrics(1, 0, 0, 0.7, 0.5, 0, 0));
        best.Offer(new EpochMetrics(2, 0, 0, 0.6, 0.5, 0, 0));
        best.Offer(new EpochMetrics(3, 0, 0, 0.8, 0.5, 0, 0));
        Assert.Equal(2, best.Number);
    }

    [Fact]
    public void A_run_that_diverges_later_keeps_the_last_whole_epoch()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = Quick with { Schedule = LearningRateSchedule.From(position => position.Step < 6 ? 1 : 1e30) };
        var result = new Trainer(network, options).Fit(data);
        Assert.Equal(StopReason.Diverged, result.Stopped);
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(2, result.Divergence!.Epoch);
        Assert.Equal(0.05 * 1e30, result.Divergence.LearningRate, 1e25);
        Assert.All(network.state_dict().Values, value => Assert.True(value.isfinite().all().item<bool>()));
        Assert.False(network.training);
    }

    [Fact]
    public void Diverging_at_once_leaves_the_weights_of_the_start()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var before = network.state_dict().Values.SelectMany(value => value.bytes.ToArray()).ToArray();
        Assert.Throws<TrainingDivergedException>(() => new Trainer(network, Quick with { LearningRate = 1e30 }).Fit(data));
        Assert.Equal(before, network.state_dict().Values.SelectMany(value => value.contiguous().bytes.ToArray()));
    }

    [Fact]
    public void Cancelling_keeps_the_best_epoch_so_far()
    {
        using var source = new CancellationTokenSource();
        var options = Quick with { Schedule = LearningRateSchedule.From(position => position.Epoch < 1 ? 1 : 1000) };
        var (network, result) = Fit(options, new Reports(report =>
        {
            if (report is { Epoch: 3, Phase: TrainingPhase.Train, Batch: 2 })
            {
                source.Cancel();
            }
        }), source.Token);
        using (network)
        {
            Assert.Equal((StopReason.Cancelled, true, 1), (result.Stopped, result.Cancelled, result.BestEpoch));
            Assert.Equal(result.Epochs[0].ValidationLoss!.Value, ValidationLoss(network), 1e-5);
        }
    }

    [Fact]
    public void A_time_budget_ends_the_run_and_brings_the_rate_down()
    {
        using var data = GeneratedImages.Stripes(64);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var reports = new Reports();
        var options = Quick with { Epochs = 1_000_000, Schedule = LearningRateSchedule.Polynomial(), TimeBudget = TimeSpan.FromSeconds(1.5) };
        var result = new Trainer(network, options).Fit(data, data, reports);
        Assert.Equal(StopReason.TimeBudget, result.Stopped);
        Assert.NotNull(result.Epochs[^1].ValidationLoss);
        Assert.Equal(0.05, reports.All[0].LearningRate, 0.04);
        Assert.True(reports.All[^1].LearningRate < 0.025, $"{reports.All[^1].LearningRate}");
        Assert.All(reports.All, report => Assert.True(report.Remaining <= TimeSpan.FromSeconds(1.5)));
    }

    [Fact]
    public void A_time_budget_that_suffices_changes_nothing()
    {
        var (with, _) = Fit(Quick with { TimeBudget = TimeSpan.FromDays(1), Epochs = 2 });
        var (without, _) = Fit(Quick with { Epochs = 2 });
        using (with)
        using (without)
        {
            Assert.Equal(ValidationLoss(without), ValidationLoss(with));
        }
    }

    private static (ClassificationNetwork Network, TrainingResult Result) Fit(
        TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var data = GeneratedImages.Stripes(64);
        using var unseen = GeneratedImages.Stripes(48, seed: 9);
        var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        return (network, new Trainer(network, options).Fit(data, unseen, progress, cancellation));
    }

    private static double ValidationLoss(ClassificationNetwork? network)
    {
        using var fresh = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var unseen = GeneratedImages.Stripes(48, seed: 9);
        using var batch = unseen.GetBatch([.. Enumerable.Range(0, 48)]);
        using var scorer = new Scorer(network ?? fresh);
        using var logits = scorer.Logits(batch.Pixels);
        return nn.functional.cross_entropy(logits, batch.Labels).item<float>();
    }
}
