using System.IO.Compression;
using System.Security.Cryptography;

namespace QuickStart;

/// <summary>
/// Fashion-MNIST's four files (Zalando Research, MIT licence), in the IDX format: from Debian's package dataset-fashion-mnist where
/// it is installed, downloaded otherwise.
/// </summary>
internal static class FashionMnistFiles
{
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

    /// <summary>The 60,000 training images or the 10,000 test images: 16 bytes of header, then 28×28 bytes each.</summary>
    public static byte[] Images(bool train) => Read(Files[train ? 0 : 2]);

    /// <summary>Their classes, 0 to 9: 8 bytes of header, then a byte each.</summary>
    public static byte[] Labels(bool train) => Read(Files[train ? 1 : 3]);

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
