using Microsoft.ML;
using ResNet.MLNet;
using ResNet.Tests.Core.Onnx;

namespace ResNet.Tests.MLNet.Saving;

/// <summary>Damaged model.zip files end in an error that says so.</summary>
public class FuzzTests
{
    [Fact]
    public void TenThousandMutatedZipsAreReadOrRefused()
    {
        var (ml, data, model) = Pictures.Trained;
        using var saved = new MemoryStream();
        ml.Model.Save(model, data.Schema, saved);
        var original = saved.ToArray();
        var random = new Random(2);
        var read = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = Mutations.Of(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ResNetModelFile.Read(new MemoryStream(bytes), "fuzzed");
                read++;
            }
            catch (InvalidDataException error)
            {
                Assert.Contains("fuzzed", error.Message);
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
        Assert.InRange(read, 100, 9_900);
    }
}
