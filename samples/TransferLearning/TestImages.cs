using ResNet.MLNet;

namespace TransferLearning;

/// <summary>Which images are trained on, and which are held out to test on.</summary>
internal static class TestImages
{
    public static (ImageSet Train, ImageSet Test) Of(ImageSet images, Settings settings)
    {
        var (train, test) = settings.TestData is { } folder
            ? (images, ImageFolder.Open(folder))
            : images.Split(settings.TestFraction, settings.Seed);
        if (!test.Classes.SequenceEqual(train.Classes))
            throw new InvalidDataException(
                $"'{test.Source}' has the classes {string.Join(", ", test.Classes)}, but '{train.Source}' has {string.Join(", ", train.Classes)}; both need the same subfolders.");
        return (settings.Images is { } count ? train.Take(count, settings.Seed) : train, test);
    }
}
