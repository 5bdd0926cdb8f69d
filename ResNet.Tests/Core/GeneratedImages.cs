using ResNet.Core;

namespace ResNet.Tests.Core;

/// <summary>Generated data that a network can learn: noise, with a bright stripe whose place tells the class. And a network small enough to learn it in a second.</summary>
internal static class GeneratedImages
{
    public const int Side = 16, Classes = 4;

    public static ResNetSpecification TinyNetwork { get; } = new()
    {
        Name = "tiny",
        Stem = StemKind.Cifar,
        Stages = [1, 1],
        Width = 8,
        Shortcut = ShortcutOption.A,
        Classes = Classes,
        InputSize = Side,
        Normalization = Normalization.Centered(3),
    };

    public static InMemoryImageDataset Stripes(int count, int seed = 0)
    {
        var random = new Random(seed);
        var labels = new int[count];
        var pixels = new byte[count * 3 * Side * Side];
        random.NextBytes(pixels);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] /= 2;
        }

        for (var image = 0; image < count; image++)
        {
            labels[image] = image % Classes;
            for (var i = 0; i < 3 * Side * Side; i++)
            {
                if (i / Side % Side / (Side / Classes) == labels[image])
                {
                    pixels[(image * 3 * Side * Side) + i] += 100;
                }
            }
        }

        return new InMemoryImageDataset(pixels, labels, 3, Side, Side, Classes);
    }
}
