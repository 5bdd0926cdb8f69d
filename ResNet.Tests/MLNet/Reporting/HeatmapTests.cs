using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Data;
using static TorchSharp.torch;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class HeatmapTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_map_is_Grad_CAM_of_the_prepared_picture_scaled_to_1()
    {
        var source = PictureLookTests.Noise(20, 16, 3);
        using (var image = source.ToMLImage())
            image.Save(_file);
        using var network = Pictures.Tiny().Create(seed: 2);
        var preprocessing = new Preprocessing { Resize = 14, Crop = 12 };
        var classes = network.Specification.Classes;
        var predictions = new Predictions([.. Enumerable.Range(0, classes).Select(c => c == 1 ? 1f : 0)], [0], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
        var heatmap = Assert.Single(Heatmap.Of(network, preprocessing, predictions, [_file], [0]));
        Assert.Equal((1, 0, 12, 12), (heatmap.Class, heatmap.Image, heatmap.Picture.Width, heatmap.Picture.Height));

        var pixels = new byte[3 * 12 * 12];
        ImageResampler.Prepare(source.Pixels, 20, 16, 3, preprocessing, pixels);
        var planar = new byte[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            planar[i % 3 * 144 + i / 3] = pixels[i];
        using var scope = NewDisposeScope();
        var expected = GradCam.Maps(network, tensor(planar).view(1, 3, 12, 12), [1]).data<float>().ToArray();
        Assert.True(expected.Max() > 0);
        Assert.Equal(expected.Length, heatmap.MapWidth * heatmap.MapHeight);
        Assert.All(expected.Zip(heatmap.Map), pair => Assert.Equal(pair.First / expected.Max(), pair.Second, 5));
    }
}
