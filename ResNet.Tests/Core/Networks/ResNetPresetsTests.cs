using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Networks;

public class ResNetPresetsTests
{
    [Fact]
    public void The_names_are_the_literatures() => Assert.Equal(
        [
            "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d",
            "wide_resnet50_2", "wide_resnet101_2", "plain18", "plain34", "preact_resnet50", "preact_resnet101", "preact_resnet152", "preact_resnet200",
            "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet1202", "plain20", "plain32", "plain44", "plain56", "plain110",
            "preact_resnet110", "preact_resnet164", "preact_resnet1001", "wide_resnet16_8", "wide_resnet28_10", "wide_resnet40_4",
            "resnext29_8x64d", "resnext29_16x64d", "stochastic_depth_resnet110", "stochastic_depth_resnet1202",
        ],
        ResNetPresets.Names);

    [Fact]
    public void Classes_default_to_the_data_set_of_the_paper()
    {
        Assert.Equal(1000, ResNetPresets.Get("ResNet50").Classes);
        Assert.Equal(10, ResNetPresets.Get("resnet56").Classes);
        Assert.Equal(3, ResNetPresets.Get("resnet56", 3).Classes);
        Assert.Throws<ArgumentException>(() => ResNetPresets.Get("resnet18", 1));
    }

    [Theory]
    [InlineData("resnet51", "resnet50")]
    [InlineData("resnet-18", "resnet18")]
    [InlineData("ResNet_110", "resnet110")]
    public void An_unknown_name_brings_the_nearest(string name, string nearest) =>
        Assert.Contains($"Did you mean {nearest}?", Assert.Throws<ArgumentException>(() => ResNetPresets.Get(name)).Message);

    [Theory]
    [InlineData(21, "20 and 26")]
    [InlineData(57, "56 and 62")]
    [InlineData(2, "8 and 14")]
    public void Cifar_depths_are_6n_plus_2(int depth, string nearest) =>
        Assert.Contains(nearest, Assert.Throws<ArgumentException>(() => ResNetPresets.Cifar(depth)).Message);

    [Theory]
    [InlineData(165, "9n+2", "164 and 173")]
    [InlineData(5, "9n+2", "11 and 20")]
    public void Pre_activation_depths_are_9n_plus_2(int depth, string rule, string nearest)
    {
        var message = Assert.Throws<ArgumentException>(() => ResNetPresets.PreActivation(depth)).Message;
        Assert.Contains(rule, message);
        Assert.Contains(nearest, message);
    }

    [Fact]
    public void Wide_depths_are_6n_plus_4()
    {
        Assert.Contains("28 and 34", Assert.Throws<ArgumentException>(() => ResNetPresets.Wide(30, 2)).Message);
        Assert.Contains("Width", Assert.Throws<ArgumentException>(() => ResNetPresets.Wide(28, 0)).Message);
        Assert.Equal("wide_resnet22_3", ResNetPresets.Wide(22, 3).Name);
    }

    [Fact]
    public void Cifar_makes_other_depths_too() => Assert.Equal(26, ResNetPresets.Cifar(26, 100).Depth);
}
