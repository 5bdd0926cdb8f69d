using System.Text;
using Google.Protobuf;
using ResNet.Core;
using ResNet.Core.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Onnx;

public class OnnxFileTests
{
    [Fact]
    public void A_network_comes_back_with_everything_that_went_with_it()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        var options = new OnnxExportOptions
        {
            Labels = ["pear", "apple \"red\"", "Äpfel", ""],
            Preprocessing = Preprocessing.Square(16),
            Signature = new() { Input = "Pixels", Layout = PixelLayout.Interleaved, Bytes = true, Width = 20 },
            Metadata = new Dictionary<string, string> { ["author"] = "me" },
        };
        var file = OnnxFile.Read(OnnxNetworks.Bytes(network, options), "test");
        Assert.Equal(network.Specification, file.Specification);
        Assert.Equal(options.Labels, file.Labels);
        Assert.Equal(options.Preprocessing, file.Preprocessing);
        Assert.Equal(options.Signature, file.Signature);
        Assert.Equal("me", file.Metadata["author"]);

        using var again = file.CreateNetwork();
        foreach (var (key, value) in network.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked")))
        {
            Assert.Equal(value.bytes, again.state_dict()[key].bytes);
        }
    }

    [Fact]
    public void The_metadata_stand_before_the_weights()
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        var bytes = OnnxNetworks.Bytes(network, new OnnxExportOptions { Labels = OnnxNetworks.Labels(4) });
        using var stream = new MemoryStream(bytes, 0, 2000);
        Assert.True(bytes.Length > 5 * stream.Length);
        Assert.Equal(4, OnnxFile.ReadHeader(() => stream, "test").Labels!.Count);
    }

    [Fact]
    public void Saving_replaces_a_file_only_when_complete()
    {
        using var folder = new TemporaryFolder();
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        var path = folder.File("model.onnx");
        File.WriteAllText(path, "before");
        Assert.Throws<ArgumentException>(() => network.SaveOnnx(path, new OnnxExportOptions { Labels = ["one"] }));
        Assert.Equal("before", File.ReadAllText(path));
        network.SaveOnnx(path);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Null(OnnxFile.Read(path).Labels);
    }

    [Fact]
    public void Options_that_do_not_suit_the_network_are_refused()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork);
        Refused(new() { Labels = ["a", "b"] }, "2 labels", "4 classes");
        Refused(new() { Signature = new() { Input = "Logits" } }, "'Logits'", "two inputs or outputs");
        Refused(new() { Signature = new() { Score = "" } }, "Score is empty");
        Refused(new() { Signature = new() { Height = 1 } }, "at least 2×2");
        Refused(new() { Signature = new() { Input = "fc.weight" } }, "'fc.weight'", "Choose another");
        Refused(new() { Metadata = new Dictionary<string, string> { ["resnet.mlnet.spec"] = "" } }, "resnet.mlnet.spec");

        void Refused(OnnxExportOptions options, params string[] words)
        {
            var message = Assert.Throws<ArgumentException>(() => OnnxNetworks.Bytes(network, options)).Message;
            Assert.All(words, word => Assert.Contains(word, message));
        }
    }

    [Fact]
    public void A_network_of_another_type_is_refused()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork);
        network.@double();
        Assert.Contains("float32", Assert.Throws<NotSupportedException>(() => OnnxNetworks.Bytes(network)).Message);
    }

    [Theory]
    [InlineData("", "not written by ResNet.MLNet")]
    [InlineData("<html><body>not found</body></html>", "no ONNX file, or a damaged one")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1", "test")]
    public void Files_of_others_are_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => OnnxFile.Read(Encoding.UTF8.GetBytes(text), "test")).Message);

    [SkippableFact]
    public void Foreign_onnx_is_refused_with_a_way_out()
    {
        var path = Repository.Shared("conformance", "Microsoft.ML", "Assets", "affine.onnx");
        var message = Assert.Throws<InvalidDataException>(() => OnnxFile.Read(path)).Message;
        Assert.Contains("affine.onnx", message);
        Assert.Contains("ApplyOnnxModel", message);
    }

    [Theory]
    [InlineData("\"Width\":8", "\"Width\":2000")]
    [InlineData("\"Stages\":[1,1]", "\"Stages\":[1,2000]")]
    [InlineData("\"Classes\":4", "\"Classes\":2000")]
    public void ASpecificationOfAHugeNetworkIsRefusedBeforeItIsBuilt(string before, string after)
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        // As other tools write it: the graph first, the metadata after it.
        var model = ModelProto.Parser.ParseFrom(OnnxNetworks.Bytes(network));
        Assert.Equal(network.Specification, OnnxFile.Read(model.ToByteArray(), "test").Specification);

        var specification = model.MetadataProps.Single(entry => entry.Key == "resnet.mlnet.spec");
        Assert.Contains(before, specification.Value);
        specification.Value = specification.Value.Replace(before, after);
        Assert.Contains("larger network", Assert.Throws<InvalidDataException>(() => OnnxFile.Read(model.ToByteArray(), "test")).Message);
    }

    public static TheoryData<NetworkSpecification> Huge => new()
    {
        new HighwaySpecification { Stages = [1], Widths = [2_000], Classes = 4, InputSize = 32 },
        new OdeNetSpecification { Width = 2_000, Classes = 4, InputSize = 32 },
    };

    [Theory]
    [MemberData(nameof(Huge))]
    public void AHugeNetworkOfAnotherFamilyIsRefusedBeforeItIsBuilt(NetworkSpecification huge)
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        var model = ModelProto.Parser.ParseFrom(OnnxNetworks.Bytes(network));
        model.MetadataProps.Single(entry => entry.Key == "resnet.mlnet.spec").Value = huge.ToJson();
        Assert.Contains("larger network", Assert.Throws<InvalidDataException>(() => OnnxFile.Read(model.ToByteArray(), "test")).Message);
    }
}
