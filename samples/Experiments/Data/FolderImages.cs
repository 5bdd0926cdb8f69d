using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace Experiments;

/// <summary>Image files in folders train/CLASS and test/CLASS, all square and of one size, such as CIFAR-10's 32×32.</summary>
internal static class FolderImages
{
    public static bool Are(string folder) => Directory.Exists(Path.Combine(folder, "train"));

    public static ImageData Load(string folder, int train, int test, bool halved)
    {
        var (trainFolder, testFolder) = (Path.Combine(folder, "train"), Path.Combine(folder, "test"));
        if (Classes(trainFolder).Length < 2 || !Classes(trainFolder).SequenceEqual(Classes(testFolder)))
            throw new ArgumentException($"'{folder}' must have two or more folders, one for each class, in 'train', and the same ones in 'test'.");
        var (trained, tested) = (Read(trainFolder, train, halved), Read(testFolder, test, halved));
        if (trained.Height != tested.Height)
            throw new InvalidDataException($"The images of '{folder}' must be of one size, but those of 'train' and 'test' are not.");
        return new ImageData($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} at {trained.Height}×{trained.Height}", trained, tested, Normalization.Cifar10);
    }

    private static string[] Classes(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)] : [];

    /// <summary>The first image of each class, the second one of each, and so on, so that any number of them is spread over the classes.</summary>
    public static InMemoryImageDataset Read(string folder, int count, bool halved)
    {
        var classes = Classes(folder);
        var files = classes.SelectMany((name, label) => Directory.EnumerateFiles(Path.Combine(folder, name)).Order(StringComparer.Ordinal).Select((file, i) => (File: file, Label: label, i)))
            .OrderBy(image => image.i).ThenBy(image => image.Label).Take(count).ToArray();
        if (files.Length < 2)
            throw new ArgumentException($"'{folder}' has {files.Length} images; at least 2 are needed.");
        var side = 0;
        var pixels = new List<ReadOnlyMemory<byte>>(files.Length);
        foreach (var (file, _, _) in files)
        {
            using var image = UprightImage.Load(file);
            side = side == 0 ? image.Width : side;
            if (image.Width != side || image.Height != side || side % 2 != 0)
                throw new InvalidDataException($"'{file}' is {image.Width}×{image.Height}; the experiments want square images of one even size, such as CIFAR-10's 32×32.");
            var planes = Planes(image);
            pixels.Add(halved ? Pixels.Halve(planes, side) : planes);
        }

        side = halved ? side / 2 : side;
        return new InMemoryImageDataset(pixels, [.. files.Select(image => image.Label)], channels: 3, side, side, classes.Length);
    }

    private static byte[] Planes(MLImage image)
    {
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var source = image.Pixels;
        var size = image.Width * image.Height;
        var planes = new byte[3 * size];
        for (var i = 0; i < size; i++)
            (planes[i], planes[size + i], planes[(2 * size) + i]) = (source[(4 * i) + red], source[(4 * i) + 1], source[(4 * i) + blue]);
        return planes;
    }
}
