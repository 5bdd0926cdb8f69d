using ResNet.Core;

namespace Experiments;

/// <summary>CIFAR-10's binary version: in each record of a file a byte for the class, then 3×32×32 bytes.</summary>
internal static class Cifar10Images
{
    private const int Side = 32, Record = 1 + (3 * Side * Side);

    public static ImageData Load(string folder, int train, int test, bool halved) => new(
        halved ? "CIFAR-10 at 16×16" : "CIFAR-10",
        Read([.. Enumerable.Range(1, 5).Select(i => Path.Combine(folder, $"data_batch_{i}.bin"))], train, halved),
        Read([Path.Combine(folder, "test_batch.bin")], test, halved), Normalization.Cifar10);

    private static InMemoryImageDataset Read(string[] files, int count, bool halved)
    {
        var (labels, pixels) = (new List<int>(), new List<byte>());
        foreach (var file in files.Where(_ => labels.Count < count))
        {
            if (!File.Exists(file))
                throw new FileNotFoundException($"'{file}' is missing: --data wants the folder of CIFAR-10's binary version, with data_batch_1.bin to data_batch_5.bin and test_batch.bin, or one with images in train/CLASS and test/CLASS.");
            var bytes = File.ReadAllBytes(file);
            if (bytes.Length == 0 || bytes.Length % Record != 0)
                throw new InvalidDataException($"'{file}' has {bytes.Length} bytes; CIFAR-10's binary files consist of records of {Record}.");
            for (var at = 0; at < bytes.Length && labels.Count < count; at += Record)
            {
                labels.Add(bytes[at] < 10 ? bytes[at] : throw new InvalidDataException($"'{file}' has class {bytes[at]} at byte {at}; CIFAR-10 has 0 to 9."));
                var image = bytes.AsSpan(at + 1, Record - 1);
                pixels.AddRange(halved ? Pixels.Halve(image, Side) : image);
            }
        }

        var side = halved ? Side / 2 : Side;
        return new InMemoryImageDataset(pixels.ToArray(), [.. labels], channels: 3, side, side, classes: 10);
    }
}
