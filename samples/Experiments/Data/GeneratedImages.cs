using ResNet.Core;

namespace Experiments;

/// <summary>Gray gratings of 16×16 under noise; the class is their direction. For machines without the data sets, and for tests.</summary>
internal static class GeneratedImages
{
    private const int Side = 16, Classes = 8;

    public static ImageData Load(int train, int test, int seed) =>
        new("generated gratings at 16×16", Draw(train, seed), Draw(test, seed + 1), Normalization.Centered(1));

    private static InMemoryImageDataset Draw(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Side * Side];
        var labels = Enumerable.Range(0, count).Select(i => i % Classes).ToArray();
        for (var image = 0; image < count; image++)
        {
            var (sin, cos) = Math.SinCos(labels[image] * Math.PI / Classes);
            var (phase, frequency) = (random.NextDouble() * Math.Tau, 0.6 + (0.6 * random.NextDouble()));
            for (var i = 0; i < Side * Side; i++)
            {
                var wave = Math.Sin(phase + (frequency * ((cos * (i % Side)) + (sin * (i / Side)))));
                pixels[(image * Side * Side) + i] = (byte)Math.Clamp(128 + (50 * wave) + (120 * (random.NextDouble() - 0.5)), 0, 255);
            }
        }

        return new InMemoryImageDataset(pixels, labels, channels: 1, Side, Side, Classes);
    }
}
