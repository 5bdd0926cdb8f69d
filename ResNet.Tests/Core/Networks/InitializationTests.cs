using System.Globalization;
using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class InitializationTests
{
    public static TheoryData<string, int, string, float, float> Expected()
    {
        var data = new TheoryData<string, int, string, float, float>();
        foreach (var line in Fixture.Read("init.txt"))
        {
            data.Add(line[0], int.Parse(line[1]), line[2], float.Parse(line[3], CultureInfo.InvariantCulture), float.Parse(line[4], CultureInfo.InvariantCulture));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_seed_gives_torchvisions_weights(string name, int seed, string key, float first, float second)
    {
        using var network = NetworkPresets.Get(name, 10).Create(seed: seed);
        using var weights = network.state_dict()[key].flatten();
        Assert.Equal(first, weights[0].item<float>(), 1e-5f);
        Assert.Equal(second, weights[1].item<float>(), 1e-5f);
    }

    [Fact]
    public void A_seed_leaves_the_global_generator_alone()
    {
        manual_seed(5);
        using var expected = rand(4);
        manual_seed(5);
        using (new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1))
        {
        }

        using var actual = rand(4);
        Assert.True(expected.bytes.SequenceEqual(actual.bytes));
    }

    [Fact]
    public void Without_a_seed_the_global_generator_decides()
    {
        manual_seed(5);
        using var first = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        using var other = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        manual_seed(5);
        using var again = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        Assert.Equal(Weights(first), Weights(again));
        Assert.NotEqual(Weights(first), Weights(other));

        static byte[] Weights(ResidualNetwork network) => network.state_dict()["conv1.weight"].bytes.ToArray();
    }

    [Theory]
    [InlineData("resnet18", "layer2.0.bn2.weight", "layer2.0.bn1.weight")]
    [InlineData("resnet50", "layer2.0.bn3.weight", "layer2.0.bn2.weight")]
    public void Zero_init_residual_zeroes_the_last_norm_of_each_block(string name, string last, string other)
    {
        using var network = new ResidualNetwork(ResNetPresets.Get(name) with { ZeroInitResidual = true });
        var state = network.state_dict();
        Assert.All(state[last].data<float>(), weight => Assert.Equal(0, weight));
        Assert.All(state[other].data<float>(), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Building_inside_a_dispose_scope_leaves_the_weights_alive()
    {
        ResidualNetwork network;
        using (NewDisposeScope())
        {
            network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        }

        using (network)
        {
            Assert.All(network.state_dict().Values, value => Assert.False(value.IsInvalid));
        }
    }
}
