using System.Diagnostics;
using Experiments;
using ResNet.Core;
using ResNet.Tests.Core;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace ResNet.Tests.MLNet;

/// <summary>Given weights on all test images of a data set, where both are on this machine.</summary>
public class Cifar10Tests(ITestOutputHelper output)
{
    // PyTorch has 1,897 of the 10,000 JPEGs wrong with these weights, on what libjpeg decodes; another decoder's pixels differ a little.
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void A_trained_resnet20_has_its_known_error()
    {
        SlowTests.Require();
        var archive = SharedData.Require("cifar10/cifar10-jpeg.tar.xz");
        using var network = new ResidualNetwork((ResNetSpecification)NetworkPresets.Get("resnet20") with { Normalization = Normalization.ImageNet });
        network.load_state_dict(TensorFiles.ReadSafetensors(SharedData.Require("cifar10/resnet20.safetensors")), strict: false);
        using var folder = new TemporaryFolder();
        using (var tar = Process.Start("tar", ["-xJf", archive, "-C", folder.Path, "./test"]))
        {
            tar.WaitForExit();
            Skip.IfNot(tar.ExitCode == 0, "needs tar and xz");
        }

        using var images = FolderImages.Read(Path.Combine(folder.Path, "test"), count: 10_000, halved: false);
        using var scorer = new Scorer(network, batchSize: 100);
        var wrong = 0L;
        foreach (var indices in Enumerable.Range(0, images.Count).Chunk(1000))
        {
            using var batch = images.GetBatch(indices);
            using var scope = NewDisposeScope();
            using var logits = scorer.Logits(batch.Pixels);
            wrong += logits.argmax(1).ne(batch.Labels).sum().item<long>();
        }

        output.WriteLine($"{wrong} of {images.Count} wrong");
        Assert.Equal(10_000, images.Count);
        Assert.InRange(wrong, 1_897 - 50, 1_897 + 50);
    }
}
