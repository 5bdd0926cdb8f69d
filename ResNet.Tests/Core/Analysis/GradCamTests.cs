using System.Globalization;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Analysis;

public class GradCamTests
{
    [Fact]
    public void Maps_are_those_of_hooks_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet18", 10));
        FormulaWeights.Fill(network);
        var lines = Fixture.Read("gradcam.txt").ToArray();
        var maps = GradCam.Maps(network, FormulaWeights.Images(96), [.. lines.Select(line => int.Parse(line[1]))]);
        Assert.Equal([2, 3, 3], maps.shape);
        var expected = lines.SelectMany(line => line[2..]).Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(expected.Zip(maps.data<float>().ToArray()), pair => Assert.InRange(pair.Second, pair.First - 1e-4f, pair.First + 1e-4f));
    }

    /// <summary>With average pooling and one linear layer, Grad-CAM is CAM (Zhou et al. 2016) over the number of places; a map's mean, without ReLU, is the logit less its bias.</summary>
    [Fact]
    public void With_a_linear_head_it_is_CAM()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        network.eval();
        var images = FormulaWeights.Images(32);
        var maps = GradCam.Maps(network, images, [3, 3]);
        using var gradients = no_grad();
        var weight = network.state_dict()["fc.weight"][3].view(1, -1, 1, 1);
        var cam = (weight * network.forward_features(images)).sum(1).relu() / 64;
        Assert.InRange((cam - maps).abs().max().item<float>(), 0, 1e-6f);
    }

    [Fact]
    public void Without_classes_it_shows_the_likeliest()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1);
        network.eval();
        var images = FormulaWeights.Images(32);
        int[] likeliest;
        using (no_grad())
        {
            likeliest = [.. network.call(images).argmax(1).data<long>().ToArray().Select(c => (int)c)];
        }

        Assert.Equal(GradCam.Maps(network, images, likeliest).bytes.ToArray(), GradCam.Maps(network, images).bytes.ToArray());
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        network.train();
        using var images = FormulaWeights.Images(32);
        var before = network.state_dict()["bn1.running_mean"].bytes.ToArray();
        using (no_grad())
        {
            GradCam.Maps(network, images).Dispose();
        }

        Assert.True(network.training);
        Assert.Equal(before, network.state_dict()["bn1.running_mean"].bytes.ToArray());
        Assert.All(network.parameters(), parameter => Assert.True(parameter.grad is null));
        Assert.Contains("0 to 9", Assert.Throws<ArgumentException>(() => GradCam.Maps(network, images, [0, 10])).Message);
        Assert.Contains("2 images", Assert.Throws<ArgumentException>(() => GradCam.Maps(network, images, [0])).Message);
    }
}
