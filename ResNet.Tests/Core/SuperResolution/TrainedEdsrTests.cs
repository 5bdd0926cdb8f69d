using ResNet.Core;
using ResNet.MLNet.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.SuperResolution;

/// <summary>A short training on three photos, a look at a fourth.</summary>
public class TrainedEdsrTests
{
    [SkippableFact]
    public void Beats_bicubic_enlargement_on_a_photo()
    {
        string[] files = ["coffee.png", "broccoli.jpg", "canoe3.jpg", "chelsea.png"];
        var photos = files.Select(file => Even(RgbImage.Load(SharedData.Require("imagenet/" + file)))).ToArray();
        using var network = new EdsrNetwork(new() { Blocks = 2, Channels = 16, AddsToBicubic = true, PixelRange = 1 }, seed: 1);
        Train(network, photos[..^1], steps: 120);

        var (original, small) = (photos[^1], photos[^1].Halved());
        var bicubic = new byte[original.Pixels.Length];
        ImageResampler.Resize(small.Pixels, small.Width, small.Height, 3, bicubic, original.Width, original.Height, Interpolation.Bicubic);
        var (before, after) = (PeakSignalToNoise.Of(bicubic, original.Pixels), PeakSignalToNoise.Of(network.Upscale(small.Pixels, small.Width, small.Height), original.Pixels));
        Assert.True(after > before + 0.3, $"bicubic {before:F2} dB, network {after:F2} dB");
    }

    private static void Train(EdsrNetwork network, RgbImage[] photos, int steps)
    {
        const int batch = 8, side = 24;
        var pairs = photos.Select(photo => (Large: Tensor(photo), Small: Tensor(photo.Halved()))).ToArray();
        var random = new Random(1);
        using var optimizer = optim.Adam(network.parameters(), lr: 2e-3);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var patches = Enumerable.Range(0, batch).Select(_ =>
            {
                var (large, small) = pairs[random.Next(pairs.Length)];
                var (top, left) = (random.Next((int)small.shape[1] - side), random.Next((int)small.shape[2] - side));
                return (Small: small.narrow(1, top, side).narrow(2, left, side), Large: large.narrow(1, 2 * top, 2 * side).narrow(2, 2 * left, 2 * side));
            }).ToArray();
            optimizer.zero_grad();
            var image = network.call(stack(patches.Select(patch => patch.Small)));
            nn.functional.l1_loss(image, stack(patches.Select(patch => patch.Large)).to(ScalarType.Float32)).backward();
            optimizer.step();
        }

        foreach (var (large, small) in pairs)
        {
            large.Dispose();
            small.Dispose();
        }
    }

    private static Tensor Tensor(RgbImage image)
    {
        using var scope = NewDisposeScope();
        return tensor(image.Pixels).view(image.Height, image.Width, 3).permute(2, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    // Even sides, and small enough for a short test.
    private static RgbImage Even(RgbImage image)
    {
        var (width, height) = (image.Width & ~1, image.Height & ~1);
        var scale = Math.Min(1, 400.0 / Math.Max(width, height));
        return image.Resized((int)(width * scale) & ~1, (int)(height * scale) & ~1);
    }
}

file static class Halving
{
    public static RgbImage Halved(this RgbImage image)
    {
        var small = new byte[image.Pixels.Length / 4];
        ImageResampler.Resize(image.Pixels, image.Width, image.Height, 3, small, image.Width / 2, image.Height / 2, Interpolation.Bicubic);
        return new(small, image.Width / 2, image.Height / 2);
    }
}
