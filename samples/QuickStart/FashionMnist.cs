using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>
/// Fashion-MNIST (Zalando Research, MIT licence): 60,000 + 10,000 gray images of 28×28. Taken from Debian's package
/// dataset-fashion-mnist where it is installed, downloaded otherwise, and written to disk as a user would have images:
/// PNG files in a folder a class.
/// </summary>
internal static class FashionMnist
{
    private static readonly string[] Classes = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";
    private const string Source = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/";

    // SHA-256 of the uncompressed files: the same whoever compressed them.
    private static readonly (string Name, string Sha256)[] Files =
    [
        ("train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        ("train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        ("t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        ("t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    /// <summary>Writes <c>train/CLASS/NNNNN.png</c> and <c>test/CLASS/NNNNN.png</c>, once.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="train">How many training images to write, from the first on.</param>
    /// <param name="test">How many test images to write.</param>
    /// <returns>The two folders.</returns>
    public static (string Train, string Test) Write(string folder, int train, int test)
    {
        var paths = (Train: Path.Combine(folder, $"train-{train}"), Test: Path.Combine(folder, $"test-{test}"));
        WriteSet(paths.Train, train, Files[0], Files[1]);
        WriteSet(paths.Test, test, Files[2], Files[3]);
        return paths;
    }

    private static void WriteSet(string folder, int count, (string, string) imageFile, (string, string) labelFile)
    {
        if (Directory.Exists(folder))
            return;
        var images = Read(imageFile);
        var labels = Read(labelFile);
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

    private static byte[] Read((string Name, string Sha256) file)
    {
        var debian = Path.Combine(DebianFolder, file.Name + ".gz");
        var cached = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ResNet.MLNet", "fashion-mnist", file.Name + ".gz");
        var path = File.Exists(debian) ? debian : cached;
        if (!File.Exists(path))
            Download(Source + file.Name + ".gz", path);
        using var unpacked = new MemoryStream();
        using (var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
            stream.CopyTo(unpacked);
        var bytes = unpacked.ToArray();
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Sha256)
            throw new InvalidDataException($"'{path}' is not the published file (its SHA-256 differs). Delete it and run this again.");
        return bytes;
    }

    private static void Download(string address, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
            var partial = path + ".partial";
            using (var file = File.Create(partial))
                http.GetStreamAsync(address).GetAwaiter().GetResult().CopyTo(file);
            File.Move(partial, path, overwrite: true);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"Fashion-MNIST can't be downloaded from {address} ({e.Message}). Put that file at '{path}', or use your own images: --data FOLDER.");
        }
    }
}
