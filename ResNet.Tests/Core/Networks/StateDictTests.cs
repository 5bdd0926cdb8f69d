using System.Security.Cryptography;
using System.Text;
using ResNet.Core;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.Core.Networks;

public class StateDictTests
{
    public static TheoryData<string, long, int, string> Expected(string file)
    {
        var data = new TheoryData<string, long, int, string>();
        foreach (var line in Fixture.Read(file))
        {
            data.Add(line[0], long.Parse(line[1]), int.Parse(line[2]), line[3]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected), "state_dicts.txt")]
    [MemberData(nameof(Expected), "variant_state_dicts.txt")]
    public void Names_order_shapes_and_counts_are_torchvisions(string name, long parameters, int entries, string sha256)
    {
        using var network = Networks.Named(name).Create();
        var state = network.state_dict();
        Assert.Equal(parameters, network.parameters().Sum(parameter => parameter.NumberOfElements));
        Assert.Equal(entries, state.Count);
        var lines = string.Concat(state.Select(entry => $"{entry.Key} {string.Join('x', entry.Value.shape)}\n"));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public void A_prefix_goes_before_every_name()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        var plain = network.state_dict().Keys;
        Assert.Equal(plain.Select(name => "backbone." + name), network.state_dict(prefix: "backbone").Keys);
    }

    [Theory]
    [InlineData("resnet20")]
    [InlineData("resnet18")]
    public void Saved_weights_load_into_another_network(string name)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var saved = new ResidualNetwork(ResNetPresets.Get(name, 10), seed: 1);
            using var loaded = new ResidualNetwork(ResNetPresets.Get(name, 10), seed: 2);
            saved.save(file);
            loaded.load(file);
            foreach (var (key, value) in saved.state_dict())
            {
                Assert.True(value.bytes.SequenceEqual(loaded.state_dict()[key].bytes), key);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}
