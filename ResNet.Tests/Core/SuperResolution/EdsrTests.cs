using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.SuperResolution;

public class EdsrTests
{
    [Theory]
    [InlineData(2, 1_369_859)]
    [InlineData(4, 1_517_571)]
    public void The_baseline_has_the_papers_size(int scale, int parameters)
    {
        using var network = new EdsrNetwork(EdsrSpecification.Baseline(scale));
        Assert.Equal(parameters, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Begins_with_the_bicubic_enlargement()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = new EdsrNetwork(new() { Scale = 3, Blocks = 1, Channels = 4, AddsToBicubic = true });
        var images = FormulaWeights.Images(12);
        var bicubic = nn.functional.interpolate(images.to(ScalarType.Float32), scale_factor: [3, 3], mode: InterpolationMode.Bicubic, align_corners: false);
        Assert.Equal(0, (network.call(images) - bicubic).abs().max().item<float>());
    }

    [Theory]
    [InlineData(7, 2, true)]
    [InlineData(16, 3, false)]
    [InlineData(40, 4, true)]
    [InlineData(1000, 2, false)]
    public void Pieces_make_up_the_whole_image(int tile, int scale, bool addsToBicubic)
    {
        const int width = 61, height = 33;
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = new EdsrNetwork(new() { Scale = scale, Blocks = 2, Channels = 8, AddsToBicubic = addsToBicubic, PixelRange = 1 }, seed: 1);
        FormulaWeights.FillSorted(network);
        var pixels = FormulaWeights.Pixels(1, 64).AsSpan(0, width * height * 3).ToArray();
        var whole = network.call(tensor(pixels).view(1, height, width, 3).permute(0, 3, 1, 2)).squeeze(0).permute(1, 2, 0).contiguous();
        var expected = whole.clamp(0, 255).flatten().data<float>().ToArray();
        var actual = network.Upscale(pixels, width, height, tile);
        Assert.Equal(expected.Length, actual.Length);
        // Half a grey level is rounding; a wrong border is dozens.
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 0.51f, pair.First + 0.51f));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        using var network = new EdsrNetwork(new() { Blocks = 1, Channels = 4 });
        Assert.Contains("300 bytes", Assert.Throws<ArgumentException>(() => network.Upscale(new byte[299], 10, 10)).Message);
        Assert.Contains("too large", Assert.Throws<ArgumentException>(() => network.Upscale([], 40_000, 40_000)).Message);
        using var gray = zeros(1, 1, 8, 8);
        Assert.Contains("N×3×H×W", Assert.Throws<ArgumentException>(() => network.call(gray)).Message);
        Assert.Contains("2, 3, 4 or 8", Assert.Throws<ArgumentException>(() => EdsrSpecification.Baseline(5)).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => new EdsrNetwork(new() { Blocks = 0 })).Message);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => new EdsrNetwork(new() { PixelRange = double.NaN })).Message);
        Assert.Contains("channel", Assert.Throws<ArgumentException>(() => new EdsrNetwork(new() { Mean = [] })).Message);
    }

    [Fact]
    public void Psnr_follows_its_definition()
    {
        byte[] reference = [10, 20, 30, 40], off = [11, 19, 31, 39], one = [10, 20, 30, 44];
        Assert.Equal(20 * Math.Log10(255), PeakSignalToNoise.Of(off, reference), 10);
        Assert.Equal(10 * Math.Log10(255 * 255 / 4.0), PeakSignalToNoise.Of(one, reference), 10);
        Assert.Equal(double.PositiveInfinity, PeakSignalToNoise.Of(reference, reference));
        Assert.Throws<ArgumentException>(() => PeakSignalToNoise.Of(reference, new byte[3]));
    }
}
