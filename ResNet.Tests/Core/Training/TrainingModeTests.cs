using ResNet.Core;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class TrainingModeTests
{
    private static readonly TrainingOptions Quick = new() { Epochs = 2, BatchSize = 16, LearningRate = 0.1, Device = "cpu", Threads = 1 };

    [Fact]
    public void Layer_groups_go_from_the_stem_to_the_head()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var groups = LayerGroups.Of(network);
        Assert.Equal(4, groups.Count);
        Assert.Equal(2, groups[0].Count);
        Assert.Same(network.named_children().Last().module, Assert.Single(groups[^1]));
        Assert.Equal(network.parameters().Count(), groups.SelectMany(modules => modules).Sum(module => module.parameters().Count()));
    }

    // Stem, stages (DenseNet's with the transition after each), head.
    [Theory]
    [InlineData("resnet18", 6)]
    [InlineData("resnet20", 5)]
    [InlineData("plain20", 5)]
    [InlineData("preact_resnet110", 5)]
    [InlineData("wide_resnet16_8", 5)]
    [InlineData("densenet_bc100_12", 5)]
    public void Every_familys_parameters_are_in_one_group_each(string preset, int count)
    {
        using var network = NetworkPresets.Get(preset).Create(seed: 1);
        var groups = LayerGroups.Of(network);
        Assert.Equal(count, groups.Count);
        Assert.Equal(network.parameters(), groups.SelectMany(modules => modules).SelectMany(module => module.parameters()), ReferenceEqualityComparer.Instance);
        Assert.Equal(network.Specification.Classes, Assert.Single(groups[^1]).parameters().Last().shape[0]);
    }

    [Fact]
    public void Fine_tuning_is_fastais()
    {
        var stages = TrainingMode.FineTune(2).Stages(Quick, 4);
        Assert.Equal([(2, 0.1, 1, 1.0), (2, 0.05, (int?)null, 0.01)], stages.Select(stage => (stage.Epochs, stage.LearningRate, stage.TrainedGroups, stage.LowestRate)));

        // fit_one_cycle: pct_start 0.99 and div 25, then pct_start 0.3 and div 5; both end at a 100,000th of the peak.
        Assert.Equal(1.0 / 25, stages[0].Schedule.Factor(new SchedulePosition(0, 1000, 2)), 1e-9);
        Assert.Equal(1, stages[0].Schedule.Factor(new SchedulePosition(989, 1000, 2)), 1e-9);
        Assert.Equal(0.2, stages[1].Schedule.Factor(new SchedulePosition(0, 1000, 2)), 1e-9);
        Assert.Equal(1, stages[1].Schedule.Factor(new SchedulePosition(299, 1000, 2)), 1e-9);
        Assert.All(stages, stage => Assert.Equal(1e-5, stage.Schedule.Factor(new SchedulePosition(999, 1000, 2)), 1e-9));
    }

    [Fact]
    public void Gradual_unfreezing_takes_one_more_group_at_a_time()
    {
        var stages = TrainingMode.GradualUnfreezing(3).Stages(Quick, 4);
        Assert.Equal([(3, 1), (3, 2), (3, 3), (2, (int?)null)], stages.Select(stage => (stage.Epochs, stage.TrainedGroups)));
    }

    [Fact]
    public void Frozen_layers_stay_as_they_are_to_the_bit()
    {
        using var data = GeneratedImages.Stripes(32);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var before = Bytes(network);
        new Trainer(network, Quick with { Mode = TrainingMode.HeadOnly() }).Fit(data);
        Assert.Equal(["fc.bias", "fc.weight"], Changed(before, Bytes(network)));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));

        new Trainer(network, Quick with { Mode = new LastStage() }).Fit(data);
        var changed = Changed(before, Bytes(network));
        Assert.All(changed, key => Assert.True(key.StartsWith("layer2", StringComparison.Ordinal) || key.StartsWith("fc", StringComparison.Ordinal)));
        Assert.Contains("layer2.0.bn1.running_mean", changed);
        Assert.Contains("layer2.0.conv1.weight", changed);
    }

    [Fact]
    public void Fine_tuning_ends_with_every_layer_trained()
    {
        using var data = GeneratedImages.Stripes(32);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var before = Bytes(network);
        var epochs = new List<int>();
        var result = new Trainer(network, Quick with { Mode = TrainingMode.FineTune() }).Fit(data, progress: new Reports(report => epochs.Add(report.Epochs)));
        Assert.Equal(3, result.Epochs.Count);
        Assert.All(epochs, number => Assert.Equal(3, number));
        Assert.Equal(before.Count, Changed(before, Bytes(network)).Length);
    }

    [Fact]
    public void Wrong_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingMode.Full(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingMode.FineTune(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingMode.FineTune(lowestRate: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingMode.GradualUnfreezing(0));
    }

    private static Dictionary<string, byte[]> Bytes(ClassificationNetwork network) =>
        network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.bytes.ToArray());

    private static string[] Changed(Dictionary<string, byte[]> before, Dictionary<string, byte[]> after) =>
        [.. before.Where(entry => !entry.Value.SequenceEqual(after[entry.Key])).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>A user's own mode.</summary>
    private sealed class LastStage : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions options, int layerGroups) =>
            [new() { Epochs = 1, LearningRate = 0.1, Schedule = LearningRateSchedule.Constant, TrainedGroups = 2 }];
    }
}
