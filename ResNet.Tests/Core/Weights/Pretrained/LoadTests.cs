using System.Security.Cryptography;
using ResNet.Core;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

public class LoadTests
{
    private static readonly ResNetSpecification Tiny = new()
    {
        Name = "tiny",
        Stem = StemKind.Cifar,
        Stages = [1, 1],
        Width = 4,
        Classes = 5,
        InputSize = 16,
    };

    [Fact]
    public void A_network_comes_with_its_published_classifier()
    {
        using var published = new Published();
        using var images = randint(0, 256, [3, 3, 16, 16], ScalarType.Byte);
        using var network = published.Weights.CreateNetwork(cache: published.Folder.Cache);
        Assert.Equal(Tiny, network.Specification);
        Assert.True(Logits(published.Network, images).Equals(Logits(network, images)));
    }

    [Fact]
    public void With_other_classes_the_classifier_is_fresh_and_the_rest_is_not()
    {
        using var published = new Published();
        using var network = published.Weights.CreateNetwork(classes: 7, cache: published.Folder.Cache, seed: 3);
        using var again = published.Weights.CreateNetwork(classes: 7, cache: published.Folder.Cache, seed: 3);
        using var same = published.Weights.CreateNetwork(classes: 5, cache: published.Folder.Cache, seed: 3);
        Assert.Equal(7, network.Specification.Classes);
        foreach (var (name, expected) in published.Network.state_dict())
        {
            var loaded = network.state_dict()[name];
            Assert.Equal(!name.StartsWith("fc."), loaded.shape.SequenceEqual(expected.shape) && loaded.Equals(expected));
            Assert.Equal(!name.StartsWith("fc."), same.state_dict()[name].Equals(expected));
            Assert.True(loaded.Equals(again.state_dict()[name]));
        }

        Assert.Throws<ArgumentException>(() => published.Weights.CreateNetwork(classes: 1, cache: published.Folder.Cache));
    }

    [Fact]
    public void A_file_or_a_stream_from_elsewhere_is_checked_too()
    {
        using var published = new Published();
        var bytes = File.ReadAllBytes(published.Path);
        var elsewhere = Path.Combine(published.Folder.Cache.Folder, "renamed");
        File.WriteAllBytes(elsewhere, bytes);
        var expected = StateDict.Of(published.Network);
        foreach (var loaded in new[] { published.Weights.Load(elsewhere), published.Weights.Load(new MemoryStream(bytes)) })
        {
            Assert.Equal(expected.Keys, loaded.Keys);
            Assert.All(expected, entry => Assert.True(entry.Value.Data.Span.SequenceEqual(loaded[entry.Key].Data.Span)));
        }

        bytes[^1] ^= 1;
        File.WriteAllBytes(elsewhere, bytes);
        Assert.Contains("is not the published file", Assert.Throws<InvalidDataException>(() => published.Weights.Load(elsewhere)).Message);
        Assert.Contains("is not the published file", Assert.Throws<InvalidDataException>(() => published.Weights.Load(new MemoryStream(bytes))).Message);
        Assert.Contains("more than", Assert.Throws<InvalidDataException>(() => published.Weights.Load(new MemoryStream(new byte[bytes.Length + 5000]))).Message);
    }

    [Fact]
    public void Another_networks_weights_are_refused()
    {
        using var published = new Published();
        var wider = published.Weights with { Specification = Tiny with { Width = 8 } };
        Assert.Contains("conv1.weight", Assert.Throws<ArgumentException>(() => wider.CreateNetwork(cache: published.Folder.Cache)).Message);
    }

    private static Tensor Logits(ClassificationNetwork network, Tensor images)
    {
        using var scorer = new Scorer(network);
        return scorer.Logits(images);
    }

    // Weights in a cache, as a download would leave them.
    private sealed class Published : IDisposable
    {
        public Published()
        {
            Network = Tiny.Create(seed: 1);
            Folder.Write("tiny-1.safetensors", []);
            Path = System.IO.Path.Combine(Folder.Cache.Folder, "tiny-1.safetensors");
            Safetensors.Write(Path, StateDict.Of(Network));
            Weights = new PretrainedWeights
            {
                Name = "tiny.test",
                Specification = Tiny,
                Source = new UrlSource("http://127.0.0.1:9/tiny-1.safetensors"),
                Sha256 = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path))),
                Size = new FileInfo(Path).Length,
                Licence = "MIT",
                Labels = ["a", "b", "c", "d", "e"],
                Preprocessing = Preprocessing.Square(16),
            };
        }

        public TemporaryCache Folder { get; } = new();

        public string Path { get; }

        public PretrainedWeights Weights { get; }

        public ClassificationNetwork Network { get; }

        public void Dispose()
        {
            Network.Dispose();
            Folder.Dispose();
        }
    }
}
