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
            var bytes = Mutations.Of(original, random);
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
}
