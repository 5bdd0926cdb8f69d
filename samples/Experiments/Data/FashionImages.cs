using QuickStart;
using ResNet.Core;

namespace Experiments;

/// <summary>Fashion-MNIST: gray, 28×28, or 14×14 for quick experiments.</summary>
internal static class FashionImages
{
    private const int Side = 28;

    public static ImageData Load(int train, int test, bool halved) =>
        new(halved ? "Fashion-MNIST at 14×14" : "Fashion-MNIST", Read(true, train, halved), Read(false, test, halved), Normalization.Centered(1));

    private static InMemoryImageDataset Read(bool train, int count, bool halved)
    {
        var labels = FashionMnistFiles.Labels(train).Skip(8).Take(count).Select(label => (int)label).ToArray();
        var pixels = FashionMnistFiles.Images(train).AsSpan(16, labels.Length * Side * Side);
        var side = halved ? Side / 2 : Side;
        return new InMemoryImageDataset(halved ? Pixels.Halve(pixels, Side) : pixels.ToArray(), labels, channels: 1, side, side, classes: 10);
    }
}
