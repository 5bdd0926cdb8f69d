using ResNet.Core;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

/// <summary>Every reader gives what PyTorch had when it wrote the file.</summary>
public class ReaderTests
{
    [Theory]
    [InlineData("types.pth")]
    [InlineData("types-legacy.pth")]
    [InlineData("types.safetensors")]
    [InlineData("nested.pth")]
    [InlineData("nested-legacy.pth")]
    public void Names_types_shapes_and_values_are_PyTorchs(string file)
    {
        var weights = WeightsFile.Read(WeightFixtures.File(file));
        var expected = WeightFixtures.Expected(file);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(entry => entry.Name), weights.Keys);
        foreach (var (name, type, shape, values) in expected)
        {
            Assert.Equal(type, WeightFixtures.TypeName(weights[name].Type));
            Assert.Equal(shape, weights[name].Shape.ToArray());
            Assert.Equal(values, WeightFixtures.Values(weights[name]));
        }
    }

    [Theory]
    [InlineData("types.pth")]
    [InlineData("types-legacy.pth")]
    [InlineData("types.safetensors")]
    [InlineData("keras.tgz")]
    public void A_stream_reads_as_its_file_even_where_it_cannot_seek(string file)
    {
        using var stream = new System.IO.Compression.BrotliStream(Compressed(file), System.IO.Compression.CompressionMode.Decompress);
        var weights = WeightsFile.Read(stream, "a stream");
        var expected = WeightsFile.Read(WeightFixtures.File(file));
        Assert.Equal(expected.Keys, weights.Keys);
        Assert.All(expected, entry => Assert.True(entry.Value.Data.Span.SequenceEqual(weights[entry.Key].Data.Span)));
    }

    [Fact]
    public void Metadata_of_safetensors_comes_along() =>
        Assert.Equal("pt", Safetensors.Read(WeightFixtures.File("types.safetensors")).Metadata["format"]);

    [SkippableTheory]
    [InlineData("resnet20-12fca82f.th")]
    [InlineData("resnet20.safetensors")]
    public void A_trained_ResNet20_gives_PyTorchs_logits(string file)
    {
        using var scope = NewDisposeScope();
        var weights = WeightsFile.Read(Repository.Shared("data", "cifar10", file));
        // The input is normalised already.
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20") with { Normalization = null });
        var report = network.LoadWeights(weights);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Unexpected);

        network.eval();
        var logits = network.call(TensorFiles.ReadNpy(Repository.Shared("data", "cifar10", "spread64_input.npy")));
        var expected = TensorFiles.ReadNpy(Repository.Shared("data", "cifar10", "resnet20_spread64_logits.npy"));
        Assert.InRange((logits - expected).abs().max().item<float>(), 0, 1e-4f);
    }

    private static MemoryStream Compressed(string file)
    {
        var compressed = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(WeightFixtures.Bytes(file));
        }

        compressed.Position = 0;
        return compressed;
    }
}
