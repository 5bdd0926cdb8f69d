using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Backbones;

/// <summary>Backbones, pyramids, U-Nets and EDSR networks: keys and values as in PyTorch, and the same values by ONNX Runtime.</summary>
public class MapTests
{
    public static TheoryData<string> FixtureNetworks => [.. Fixture.Read("maps.txt").Select(line => line[0]).Distinct()];

    [Theory]
    [MemberData(nameof(FixtureNetworks))]
    public void Keys_and_maps_are_pytorchs(string name)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var network = MapNetworks.Named(name);
        using var module = (nn.Module)network;
        var lines = Fixture.Read("maps.txt").Where(line => line[0] == name).ToArray();
        Assert.Equal(lines.Select(line => line[1]), network.Maps.Select(map => map.Name));
        Assert.Equal(lines[0][3..5], Described(module));

        var size = lines[0][2].Split('x').Select(int.Parse).ToArray();
        var images = FormulaWeights.Images(size[0], size[1]);
        foreach (var (line, map, info) in lines.Zip(MapNetworks.Run(network, images), network.Maps))
        {
            Assert.Equal(line[5], string.Join('x', map.shape));
            Assert.Equal(map.shape[1], info.Channels);
            Assert.Equal(map.shape[2], Math.Ceiling(size[0] / info.Reduction));
            var expected = line[6..].Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray();
            var flat = map.contiguous().flatten();
            var step = ((int)flat.NumberOfElements / 16 - 1) | 1;
            var largest = flat.abs().max().item<float>();
            Assert.All(expected, (value, i) => Assert.InRange(flat[i * step].item<float>(), value - (1e-4f * largest), value + (1e-4f * largest)));
        }
    }

    [Theory]
    [MemberData(nameof(FixtureNetworks))]
    [InlineData("features-layer2")]
    [InlineData("features-preact_resnet50")]
    [InlineData("features-PreActivation")]
    [InlineData("fpn-resnet20")]
    public void Onnx_runtime_gives_the_same_maps(string name)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var network = MapNetworks.Named(name);
        using var module = (nn.Module)network;
        using var file = new MemoryStream();
        network.SaveOnnx(file);
        using var session = new InferenceSession(file.ToArray());
        Assert.Equal(network.Maps.Select(map => map.Name), session.OutputNames);
        foreach (var (height, width) in new[] { (64, 96), (96, 32) })
        {
            var images = FormulaWeights.Images(height, width).to(ScalarType.Float32);
            foreach (var (expected, actual) in MapNetworks.Run(network, images).Zip(Run(session, images)))
            {
                Assert.Equal(expected.shape, actual.shape);
                Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-4f * Math.Max(1, expected.abs().max().item<float>()));
            }
        }
    }

    // The number of keys, and a digest of them with their shapes.
    private static string[] Described(nn.Module module)
    {
        var state = module.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked")).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var text = string.Concat(state.Select(entry => $"{entry.Key} {string.Join('x', entry.Value.shape)}\n"));
        return [$"{state.Length}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))];
    }

    private static IEnumerable<Tensor> Run(InferenceSession session, Tensor images)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(images.contiguous().data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], session.OutputNames);
        return [.. outputs.Select(output => tensor(output.GetTensorDataAsSpan<float>().ToArray(), output.GetTensorTypeAndShape().Shape))];
    }
}
