using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

public class WriterTests
{
    [Fact]
    public void TorchSharp_files_are_the_bytes_that_Module_save_writes()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1);
        using var theirs = new MemoryStream();
        using var ours = new MemoryStream();
        network.save(theirs);
        TorchSharpWeights.Write(ours, StateDict.Of(network));
        Assert.Equal(theirs.ToArray(), ours.ToArray());
    }

    [Fact]
    public void What_Module_save_writes_reads_back_and_what_we_write_Module_load_reads()
    {
        using var saved = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1);
        using var loaded = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 2);
        using var theirs = new MemoryStream();
        saved.save(theirs);
        var weights = WeightsFile.Read(new MemoryStream(theirs.ToArray()), "saved");
        Same(StateDict.Of(saved), weights);

        using var ours = new MemoryStream();
        TorchSharpWeights.Write(ours, weights);
        loaded.load(new MemoryStream(ours.ToArray()));
        Same(weights, StateDict.Of(loaded));
    }

    [Fact]
    public void Safetensors_read_back_with_order_types_and_metadata()
    {
        var weights = new StateDict(WeightsFile.Read(WeightFixtures.File("types.pth")), new Dictionary<string, string> { ["arch"] = "resnet20 ä" });
        using var stream = new MemoryStream();
        Safetensors.Write(stream, weights);
        var back = WeightsFile.Read(new MemoryStream(stream.ToArray()), "written");
        Same(weights, back);
        Assert.Equal(weights.Metadata, back.Metadata);
    }

    [Fact]
    public void Safetensors_values_are_aligned_to_their_size()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, WeightsFile.Read(WeightFixtures.File("types.pth")));
        var bytes = stream.ToArray();
        var header = 8 + BitConverter.ToInt64(bytes);
        Assert.Equal(0, header % 8);
        using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, (int)header - 8));
        var int64 = json.RootElement.GetProperty("int64").GetProperty("data_offsets")[0].GetInt64();
        var float32 = json.RootElement.GetProperty("whole").GetProperty("data_offsets")[0].GetInt64();
        Assert.Equal((0, 0), (int64 % 8, float32 % 4));
    }

    [SkippableFact]
    public void A_second_reader_reads_our_safetensors()
    {
        using var scope = NewDisposeScope();
        var expected = TensorFiles.ReadSafetensors(Repository.Shared("data", "cifar10", "resnet20.safetensors"));
        var file = Path.GetTempFileName();
        try
        {
            Safetensors.Write(file, new StateDict(expected.Select(entry => KeyValuePair.Create(entry.Key, WeightTensor.Of(entry.Value)))));
            var read = TensorFiles.ReadSafetensors(file);
            Assert.Equal(expected.Keys.Order(), read.Keys.Order());
            Assert.All(expected, entry => Assert.True(entry.Value.equal(read[entry.Key]).all().item<bool>()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void No_weight_can_be_named_as_the_metadata() => Assert.Throws<ArgumentException>(() =>
        Safetensors.Write(new MemoryStream(), new StateDict([KeyValuePair.Create("__metadata__", new WeightTensor(ScalarType.Byte, [1], new byte[1]))])));

    private static void Same(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, weights) in expected)
        {
            Assert.Equal(weights.ToString(), actual[name].ToString());
            Assert.True(weights.Data.Span.SequenceEqual(actual[name].Data.Span), name);
        }
    }
}
