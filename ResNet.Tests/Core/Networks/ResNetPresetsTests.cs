using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Networks;

public class ResNetPresetsTests
{
    [Fact]
    public void The_names_are_the_literatures() => Assert.Equal(
        ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet1202"],
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

    [Fact]
    public void Cifar_makes_other_depths_too() => Assert.Equal(26, ResNetPresets.Cifar(26, 100).Depth);
}
