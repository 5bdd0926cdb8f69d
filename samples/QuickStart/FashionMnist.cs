using System.Buffers.Binary;
using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>
/// Fashion-MNIST (Zalando Research, MIT licence): 60,000 + 10,000 gray images of 28×28, written to disk as a user
/// would have images: PNG files in a folder a class.
/// </summary>
internal static class FashionMnist
{
    private static readonly string[] Classes = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Writes <c>train/CLASS/NNNNN.png</c> and <c>test/CLASS/NNNNN.png</c>, once.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="train">How many training images to write, from the first on.</param>
    /// <param name="test">How many test images to write.</param>
    /// <returns>The two folders.</returns>
    public static (string Train, string Test) Write(string folder, int train, int test)
    {
        var paths = (Train: Path.Combine(folder, $"train-{train}"), Test: Path.Combine(folder, $"test-{test}"));
        WriteSet(paths.Train, count: train, train: true);
        WriteSet(paths.Test, count: test, train: false);
        return paths;
    }

    private static void WriteSet(string folder, int count, bool train)
    {
        if (Directory.Exists(folder))
            return;
        var (images, labels) = (FashionMnistFiles.Images(train), FashionMnistFiles.Labels(train));
        var (rows, columns) = (BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(8)), BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(12)));
        // Written beside and moved at the end: an interrupted run leaves no half-filled folder behind.
        var partial = folder + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        foreach (var name in Classes)
            Directory.CreateDirectory(Path.Combine(partial, name));
        Parallel.For(0, count, i =>
        {
            var gray = images.AsSpan(16 + i * rows * columns, rows * columns);
            var rgba = new byte[gray.Length * 4];
            for (var p = 0; p < gray.Length; p++)
            {
                rgba.AsSpan(p * 4, 3).Fill(gray[p]);
                rgba[p * 4 + 3] = 255;
            }
            using var image = MLImage.CreateFromPixels(columns, rows, MLPixelFormat.Rgba32, rgba);
            image.Save(Path.Combine(partial, Classes[labels[8 + i]], $"{i:D5}.png"));
        });
        Directory.Move(partial, folder);
    }
}
