using System.Globalization;
using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class ForwardTests
{
    public static TheoryData<string, int, float[]> Expected(string file)
    {
        var data = new TheoryData<string, int, float[]>();
        foreach (var line in Fixture.Read(file))
        {
            data.Add(line[0], int.Parse(line[1]), [.. line[2..].Select(value => float.Parse(value, CultureInfo.InvariantCulture))]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected), "logits.txt")]
    [MemberData(nameof(Expected), "variant_logits.txt")]
    public void Logits_are_torchvisions(string name, int size, float[] expected)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = (Networks.Named(name) with { Classes = 10, Normalization = Normalization.ImageNet }).Create();
        FormulaWeights.Fill(network);
        network.eval();
        var images = FormulaWeights.Images(size);
        AssertClose(expected, network.call(images));
        AssertClose(expected, network.call(images.to(ScalarType.Float32)));
    }

    [SkippableFact]
    public void A_trained_resnet20_gives_its_known_logits()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20") with { Normalization = null });
        var (missing, unexpected) = network.load_state_dict(TensorFiles.ReadSafetensors(SharedData.Require("cifar10/resnet20.safetensors")), strict: false);
        Assert.Empty(unexpected);
        Assert.All(missing, key => Assert.EndsWith("num_batches_tracked", key));
        network.eval();
        using var gradients = no_grad();
        var logits = network.call(TensorFiles.ReadNpy(SharedData.Require("cifar10/spread64_input.npy")));
        var expected = TensorFiles.ReadNpy(SharedData.Require("cifar10/resnet20_spread64_logits.npy"));
        Assert.InRange((logits - expected).abs().max().item<float>(), 0, 1e-4f);
    }

    [Fact]
    public void Features_and_head_make_up_the_forward_pass()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet50", 7));
        network.eval();
        using var gradients = no_grad();
        var images = FormulaWeights.Images(70);
        var features = network.forward_features(images);
        Assert.Equal([2, 2048, 3, 3], features.shape);
        Assert.Equal([2, 2048], network.forward_head(features, pre_logits: true).shape);
        AssertClose(network.call(images).data<float>().ToArray(), network.forward_head(features));
    }

    [Fact]
    public void The_input_stays_the_callers()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20") with { Normalization = null });
        using var images = FormulaWeights.Images(32);
        using var floats = images.to(ScalarType.Float32);
        var before = floats.bytes.ToArray();
        using var logits = network.call(floats);
        Assert.False(floats.IsInvalid);
        Assert.Equal(before, floats.bytes.ToArray());
        Assert.Equal([2, 10], logits.shape);
    }

    [Theory]
    [InlineData(1, 64, 64, "channels")]
    [InlineData(3, 16, 64, "32×32")]
    public void Images_that_do_not_fit_are_refused(int channels, int height, int width, string why)
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet18"));
        using var images = zeros(1, channels, height, width);
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => network.call(images)).Message);
    }

    [Fact]
    public void A_single_image_without_a_batch_dimension_is_refused()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        using var image = zeros(3, 32, 32);
        Assert.Contains("N×C×H×W", Assert.Throws<ArgumentException>(() => network.call(image)).Message);
    }

    // 1e-4 of the largest logit, as sums in another order differ by that much in float32; at least 1e-4.
    private static void AssertClose(float[] expected, Tensor actual)
    {
        var tolerance = 1e-4f * Math.Max(1, expected.Max(Math.Abs));
        var values = actual.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        var worst = expected.Zip(values, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance, $"off by {worst}, more than {tolerance}");
    }
}
