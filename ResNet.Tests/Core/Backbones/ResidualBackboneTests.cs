using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Backbones;

public class ResidualBackboneTests
{
    [Theory]
    [InlineData("resnet20")]
    [InlineData("PreActivation")]
    [InlineData("ReluPreActivation")]
    [InlineData("plain20")]
    [InlineData("wide_resnet16_2")]
    public void The_last_map_is_what_the_classifier_sees(string name)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var network = (ResidualNetwork)Networks.Networks.Named(name).Create(seed: 1);
        network.eval();
        var images = FormulaWeights.Images(32);
        var features = network.forward_features(images);
        using var backbone = new ResidualBackbone(network);
        var maps = backbone.call(images);
        Assert.Equal(["layer1", "layer2", "layer3"], backbone.Maps.Select(map => map.Name));
        Assert.Equal(features.shape, maps[^1].shape);
        Assert.Equal(0, (features - maps[^1]).abs().max().item<float>());
    }

    [Fact]
    public void A_networks_weights_load_but_for_the_classifier()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1);
        var weights = StateDict.Of(network);
        using var backbone = new ResidualBackbone(new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 2));
        var report = backbone.LoadWeights(weights, strict: false);
        Assert.Empty(report.Missing);
        Assert.Equal(["fc.weight", "fc.bias"], report.Unexpected.ToArray());
    }

    [Fact]
    public void Gradients_reach_every_weight_that_the_maps_depend_on()
    {
        using var scope = NewDisposeScope();
        using var network = new BackboneWithFpn(new ResidualBackbone(new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1)), 8, seed: 1);
        var loss = network.call(FormulaWeights.Images(32)).Aggregate(tensor(0f), (sum, map) => sum + map.square().mean());
        loss.backward();
        Assert.All(network.named_parameters(), parameter => Assert.True(parameter.parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0, parameter.name));
    }

    [Fact]
    public void The_seed_decides_a_pyramids_weights()
    {
        using var scope = NewDisposeScope();
        using var first = new FeaturePyramid([8, 16], 4, seed: 3);
        using var second = new FeaturePyramid([8, 16], 4, seed: 3);
        Assert.All(first.state_dict(), entry => Assert.True(entry.Value.equal(second.state_dict()[entry.Key]).all().item<bool>()));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { -1, 2 })]
    [InlineData(new[] { 1, 4 })]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { 1, 1 })]
    public void Indices_that_name_no_maps_are_refused(int[] indices)
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        var error = Assert.Throws<ArgumentException>(() => new ResidualBackbone(network, indices));
        Assert.Contains("0 (stem) to 3 (layer3)", error.Message);
    }

    [Fact]
    public void Images_that_are_too_small_or_of_other_channels_are_refused()
    {
        using var scope = NewDisposeScope();
        using var backbone = new ResidualBackbone(new ResidualNetwork(ResNetPresets.Get("resnet18")));
        Assert.Contains("32×32", Assert.Throws<ArgumentException>(() => backbone.call(zeros(1, 3, 31, 64))).Message);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => backbone.call(zeros(1, 1, 64, 64))).Message);
        Assert.Contains("N×C×H×W", Assert.Throws<ArgumentException>(() => backbone.call(zeros(3, 64, 64))).Message);
        using var pyramid = new FeaturePyramid([8, 16], 4);
        Assert.Contains("2 maps, but 1", Assert.Throws<ArgumentException>(() => pyramid.call([zeros(1, 8, 4, 4)])).Message);
    }
}
