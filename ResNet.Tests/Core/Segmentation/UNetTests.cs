using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Segmentation;

public class UNetTests
{
    private static readonly UNetSpecification Tiny = new() { Encoder = GeneratedImages.TinyNetwork, Classes = 3 };

    [Fact]
    public void Learns_a_mask_by_heart()
    {
        using var scope = NewDisposeScope();
        using var network = new UNet(Tiny, seed: 1);
        var (images, mask) = (FormulaWeights.Images(16).to(ScalarType.Float32), tensor(Mask()).view(2, 16, 16));
        using var optimizer = optim.Adam(network.parameters(), lr: 1e-2);
        for (var step = 0; step < 60; step++)
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(images), mask).backward();
            optimizer.step();
        }

        network.eval();
        var overlap = new IntersectionOverUnion(3);
        var pixels = images.to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous().bytes.ToArray();
        for (var i = 0; i < 2; i++)
        {
            overlap.Add([.. Mask().Skip(256 * i).Take(256).Select(label => (byte)label)], network.Segment(pixels.AsSpan(768 * i, 768), 16, 16));
        }

        Assert.InRange(overlap.Mean!.Value, 0.9, 1);
    }

    [Fact]
    public void Images_of_any_size_are_segmented_by_repeating_their_border()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = new UNet(Tiny, seed: 1);
        FormulaWeights.FillSorted(network);
        network.eval();
        var pixels = FormulaWeights.Pixels(1, 16).AsSpan(0, 13 * 10 * 3).ToArray();
        // 13×10 made 14×10 by hand.
        var repeated = Enumerable.Range(0, 10).SelectMany(y => pixels[(y * 39)..((y + 1) * 39)].Concat(pixels[((y * 39) + 36)..((y + 1) * 39)])).ToArray();
        var wide = network.Segment(repeated, 14, 10);
        var expected = Enumerable.Range(0, 10).SelectMany(y => wide[(y * 14)..((y * 14) + 13)]);
        Assert.Equal(expected, network.Segment(pixels, 13, 10));
    }

    [Fact]
    public void A_trained_encoder_is_taken_over()
    {
        using var scope = NewDisposeScope();
        var encoder = GeneratedImages.TinyNetwork.Create(seed: 9);
        var weight = encoder.state_dict()["layer2.0.conv1.weight"].clone();
        using var network = new UNet(Tiny, seed: 1, encoder: encoder);
        Assert.True(network.state_dict()["encoder.layer2.0.conv1.weight"].Equals(weight));

        using var other = new ResidualNetwork(ResNetPresets.Get("resnet20"));
        Assert.Contains("resnet20", Assert.Throws<ArgumentException>(() => new UNet(Tiny, encoder: other)).Message);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        using var network = new UNet(Tiny);
        using var odd = zeros(1, 3, 15, 16);
        Assert.Contains("multiples of 2", Assert.Throws<ArgumentException>(() => network.call(odd)).Message);
        Assert.Contains("eval()", Assert.Throws<InvalidOperationException>(() => network.Segment(new byte[768], 16, 16)).Message);
        network.eval();
        Assert.Contains("768 bytes", Assert.Throws<ArgumentException>(() => network.Segment(new byte[767], 16, 16)).Message);
        Assert.Contains("2 to 255", Assert.Throws<ArgumentException>(() => new UNet(Tiny with { Classes = 1 })).Message);
        Assert.Contains("1 numbers", Assert.Throws<ArgumentException>(() => new UNet(Tiny with { DecoderChannels = [8, 4] })).Message);
        Assert.Contains("two stages", Assert.Throws<ArgumentException>(() => new UNet(Tiny with { Encoder = GeneratedImages.TinyNetwork with { Stages = [1] } })).Message);
    }

    [Fact]
    public void Intersection_over_union_counts_pixels()
    {
        var overlap = new IntersectionOverUnion(4);
        Assert.Null(overlap.Mean);
        overlap.Add([0, 0, 0, 1, 1, 255], [0, 0, 1, 1, 2, 3]);
        Assert.Equal([2.0 / 3, 1.0 / 3, 0.0, null], overlap.Classes);
        Assert.Equal(1.0 / 3, overlap.Mean!.Value, 10);
        Assert.Contains("classes are 0 to 3", Assert.Throws<ArgumentException>(() => overlap.Add([4], [0])).Message);
        Assert.Throws<ArgumentException>(() => overlap.Add([1, 1], [0]));
    }

    private static long[] Mask() => [.. FormulaWeights.Noise(512, 5).Select((_, i) => (long)(i % 16 / 6))];
}
