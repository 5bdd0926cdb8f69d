using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

public class WeightLoadingTests
{
    [Fact]
    public void Loaded_weights_are_the_networks_own()
    {
        using var source = Network(seed: 1);
        using var target = Network(seed: 2);
        var report = target.LoadWeights(StateDict.Of(source));
        Same(source, target);
        Assert.Equal("every weight loaded", report.ToString());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Floats_of_another_precision_are_converted_and_reported(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var target = Network(seed: 2);
        var value = full([16, 3, 3, 3], 1.5f).to(type);
        var report = target.LoadWeights(With("conv1.weight", WeightTensor.Of(value)));
        Assert.Equal("conv1.weight", Assert.Single(report.Converted));
        var loaded = target.state_dict()["conv1.weight"];
        Assert.Equal(ScalarType.Float32, loaded.dtype);
        Assert.True(loaded.eq(1.5f).all().item<bool>());
    }

    [Theory]
    [InlineData("fc.weight", ScalarType.Float32, new long[] { 5, 64 }, "5 classes")]
    [InlineData("conv1.weight", ScalarType.Float32, new long[] { 16, 1, 3, 3 }, "[16, 1, 3, 3]")]
    [InlineData("conv1.weight", ScalarType.Int64, new long[] { 16, 3, 3, 3 }, "Int64")]
    [InlineData("layer9.weight", ScalarType.Float32, new long[] { 1 }, "Not in the network: 1 (layer9.weight)")]
    public void Weights_that_do_not_fit_change_nothing(string name, ScalarType type, long[] shape, string expected)
    {
        using var scope = NewDisposeScope();
        using var target = Network(seed: 2);
        using var untouched = Network(seed: 2);
        var error = Assert.Throws<ArgumentException>(() => target.LoadWeights(With(name, WeightTensor.Of(ones(shape, dtype: type)))));
        Assert.Contains(expected, error.Message);
        Same(untouched, target);
    }

    [Fact]
    public void Weights_of_a_diverged_training_are_refused()
    {
        using var target = Network(seed: 2);
        using var untouched = Network(seed: 2);
        var weights = With("bn1.bias", new WeightTensor(ScalarType.Float32, [16], Enumerable.Repeat((byte)0xff, 64).ToArray()));
        Assert.Contains("bn1.bias has values", Assert.Throws<ArgumentException>(() => target.LoadWeights(weights)).Message);
        Same(untouched, target);
    }

    [Fact]
    public void Missing_names_are_listed_and_an_error_only_where_strict()
    {
        using var target = Network(seed: 2);
        using var untouched = Network(seed: 2);
        using var source = Network(seed: 1);
        var part = new StateDict(StateDict.Of(source).Where(entry => !entry.Key.StartsWith("layer2", StringComparison.Ordinal)));
        var error = Assert.Throws<ArgumentException>(() => target.LoadWeights(part));
        Assert.Contains("30 (layer2.0.conv1.weight, ", error.Message);
        Assert.Contains("25 more", error.Message);
        Same(untouched, target);

        var report = target.LoadWeights(part, strict: false);
        Assert.Equal(30, report.Missing.Length);
        Assert.StartsWith("30 missing (layer2.0.conv1.weight, ", report.ToString());
        Assert.True(target.state_dict()["conv1.weight"].eq(source.state_dict()["conv1.weight"]).all().item<bool>());
    }

    [Fact]
    public void Weights_of_something_else_are_an_error_even_where_not_strict()
    {
        using var target = Network(seed: 2);
        var other = WeightsFile.Read(WeightFixtures.File("types.pth"));
        Assert.Contains("of which 0 are in the file", Assert.Throws<ArgumentException>(() => target.LoadWeights(other, strict: false)).Message);
    }

    [Fact]
    public void Counts_of_batches_may_be_absent()
    {
        using var source = Network(seed: 1);
        using var target = Network(seed: 2);
        var weights = new StateDict(StateDict.Of(source).Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        Assert.Empty(target.LoadWeights(weights).Missing);
        Same(source, target);
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("linear")]
    public void The_classifier_stays_fresh_where_the_caller_says_so(string classifier)
    {
        using var source = Network(seed: 1, classes: 7);
        using var target = Network(seed: 2, classes: 10);
        using var fresh = Network(seed: 2, classes: 10);
        var weights = new StateDict(StateDict.Of(source).Select(entry => KeyValuePair.Create(entry.Key.Replace("fc.", classifier + "."), entry.Value)));
        Assert.Contains("7 classes", Assert.Throws<ArgumentException>(() => target.LoadWeights(weights)).Message);

        var report = target.LoadWeights(weights, skipClassifier: true);
        Assert.Equal(new[] { "fc.weight", "fc.bias" }, report.Skipped.ToArray());
        Assert.Empty(report.Unexpected);
        var (state, freshState, sourceState) = (target.state_dict(), fresh.state_dict(), source.state_dict());
        Assert.True(state["fc.weight"].eq(freshState["fc.weight"]).all().item<bool>());
        Assert.True(state["layer3.2.conv2.weight"].eq(sourceState["layer3.2.conv2.weight"]).all().item<bool>());
    }

    [Theory]
    [InlineData("fc.", "linear.")]
    [InlineData("fc.", "classifier.")]
    [InlineData("fc.", "head.fc.")]
    [InlineData(".downsample.", ".shortcut.")]
    public void Names_of_known_dialects_are_translated(string own, string theirs)
    {
        var specification = ResNetPresets.Get("resnet20") with { Shortcut = ShortcutOption.B };
        using var source = new ResidualNetwork(specification, seed: 1);
        using var target = new ResidualNetwork(specification, seed: 2);
        var weights = new StateDict(StateDict.Of(source).Select(entry => KeyValuePair.Create(entry.Key.Replace(own, theirs, StringComparison.Ordinal), entry.Value)));
        Assert.Empty(target.LoadWeights(weights).Unexpected);
        Same(source, target);
    }

    [Fact]
    public void Old_DenseNet_names_are_translated()
    {
        string[] names = ["features.denseblock1.denselayer2.norm1.weight", "features.denseblock1.denselayer2.conv2.weight", "classifier.weight"];
        var old = new WeightTensor(ScalarType.Byte, [1], new byte[1]);
        var weights = new StateDict(names.Select(name => KeyValuePair.Create(name.Replace("norm1", "norm.1").Replace("conv2", "conv.2"), old)));
        Assert.Equal(names, WeightNames.Translate(weights, names.ToHashSet(), "classifier").Keys);
    }

    private static ResidualNetwork Network(int seed, int classes = 10) => new(ResNetPresets.Get("resnet20", classes), seed: seed);

    /// <summary>The state of a network, one entry of it replaced or added.</summary>
    private static StateDict With(string name, WeightTensor value)
    {
        using var source = Network(seed: 1);
        var state = StateDict.Of(source).ToDictionary();
        state[name] = value;
        return new(state);
    }

    private static void Same(torch.nn.Module expected, torch.nn.Module actual)
    {
        var state = actual.state_dict();
        foreach (var (name, value) in expected.state_dict())
        {
            Assert.True(value.bytes.SequenceEqual(state[name].bytes), name);
        }
    }
}
