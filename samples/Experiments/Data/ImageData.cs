using ResNet.Core;

namespace Experiments;

/// <summary>What the networks of one experiment are trained and measured on.</summary>
internal sealed record ImageData(string Name, InMemoryImageDataset Train, InMemoryImageDataset Test, Normalization Normalization)
{
    /// <summary>Reads the data that the settings name.</summary>
    /// <param name="settings">They also say how many images at most.</param>
    /// <param name="train">Training images, unless the settings say otherwise.</param>
    /// <param name="test">Test images.</param>
    /// <exception cref="ArgumentException">There is no such data.</exception>
    public static ImageData Load(Settings settings, int train, int test)
    {
        train = settings.Images ?? train;
        return settings.Data switch
        {
            "fashion-mnist" => FashionImages.Load(train, test, halved: settings.Scale != Scale.Full),
            "generated" => GeneratedImages.Load(train, test, settings.Seed),
            var folder when FolderImages.Are(folder) => FolderImages.Load(folder, train, test, halved: settings.Scale != Scale.Full),
            var folder when Directory.Exists(folder) => Cifar10Images.Load(folder, train, test, halved: settings.Scale != Scale.Full),
            var other => throw new ArgumentException($"--data is '{other}'; it must be fashion-mnist, generated, or an existing folder: CIFAR-10's binary version, or images in train/CLASS and test/CLASS."),
        };
    }

    /// <summary>The specification, made for these images.</summary>
    public ResNetSpecification Fit(ResNetSpecification specification) => specification with
    {
        Classes = Train.Classes,
        InputChannels = Train.Channels,
        InputSize = Train.Height,
        Normalization = Normalization,
    };

    /// <summary>The first test images as one batch; the caller owns it.</summary>
    public ImageBatch TestBatch(int count) => Test.GetBatch([.. Enumerable.Range(0, Math.Min(count, Test.Count))]);

    /// <summary>The first training images as one batch; the caller owns it.</summary>
    public ImageBatch TrainBatch(int count) => Train.GetBatch([.. Enumerable.Range(0, Math.Min(count, Train.Count))]);
}
