using ResNet.Core;
using Xunit.Abstractions;

namespace ResNet.Tests.Core.Onnx;

/// <summary>Damaged files end in an error that says so, whatever is damaged, and make the reader allocate no more than files of their size.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void TenThousandMutatedFilesAreReadOrRefused()
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork with { Width = 2 });
        var original = OnnxNetworks.Bytes(network, new OnnxExportOptions { Labels = OnnxNetworks.Labels(4), Preprocessing = Preprocessing.Square(16) });
        var random = new Random(1);
        var (read, built) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = Mutate(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            OnnxFile? file = null;
            try
            {
                file = OnnxFile.Read(bytes, "fuzzed");
                read++;
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("fuzzed", error.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            if (file is not null && i % 10 == 0)
            {
                try
                {
                    file.CreateNetwork().Dispose();
                    built++;
                }
                catch (InvalidDataException)
                {
                }
            }
        }

        output.WriteLine($"{original.Length} bytes; {read} of 10000 read, {built} built");
        Assert.InRange(read, 500, 9_500);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            // Half of the places are in the metadata and the graph's nodes, which are short beside the weights.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(2500, bytes.Length) : bytes.Length);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes = bytes[..Math.Max(1, at)]; break;
                case 3:
                    var length = random.Next(bytes.Length - at);
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
                    if (bytes.Length == 0) bytes = [0];
                    break;
                default: bytes = [.. bytes[..at], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[at..]]; break;
            }
        }

        return bytes;
    }
}
