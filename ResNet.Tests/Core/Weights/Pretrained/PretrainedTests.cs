using System.Text.RegularExpressions;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

public class PretrainedTests
{
    [Fact]
    public void Every_entry_is_complete_and_its_network_exists()
    {
        var all = Pretrained.List();
        Assert.Equal(all.Count, all.Select(weights => weights.Name).Distinct().Count());
        Assert.Equal(all.Count, all.Select(weights => weights.Source.FileName).Distinct().Count());
        Assert.All(all, weights =>
        {
            Assert.Matches("^[a-z0-9_]+\\.(tv|tv2|keras)_in1k$", weights.Name);
            Assert.StartsWith(weights.Architecture + ".", weights.Name);
            Assert.Equal(1000, weights.Specification.Classes);
            Assert.Equal(weights.Specification.Classes, weights.Labels.Length);
            Assert.Equal(weights.InputSize, weights.Preprocessing.Crop);
            Assert.True(weights.Top1 < weights.Top5 && weights.AccuracySource != "");
            Assert.Same(weights, Pretrained.Get(weights.Name.ToUpperInvariant()));
        });
    }

    // torch.hub's rule: the file's name carries the first digits of its SHA-256.
    [Fact]
    public void Torchvisions_hashes_are_those_in_the_file_names()
    {
        var files = Pretrained.List().Where(weights => weights.Source is UrlSource).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, weights =>
        {
            var name = Regex.Match(weights.Source.FileName, "^(?<net>.+)-(?<hash>[0-9a-f]{8})\\.pth$");
            Assert.Equal(weights.Architecture, name.Groups["net"].Value);
            Assert.Equal(weights.Sha256, name.Groups["hash"].Value);
        });
    }

    [Fact]
    public void Published_sizes_fit_the_networks()
    {
        // Batch norms' buffers and names come on top. Larger networks take long to make.
        foreach (var files in Pretrained.List().Where(weights => weights.Source is UrlSource && weights.Size < 120 << 20).GroupBy(weights => weights.Architecture))
        {
            using var network = files.First().Specification.Create();
            var bytes = 4 * network.parameters().Sum(parameter => parameter.NumberOfElements);
            Assert.All(files, weights => Assert.InRange(weights.Size, bytes, bytes * 1.04));
        }
    }

    [Theory]
    [InlineData("resnet50.tv2", "resnet50.tv2_in1k")]
    [InlineData("ResNet18.tv_in1", "resnet18.tv_in1k")]
    [InlineData("resnet50.keras", "resnet50.keras_in1k")]
    public void An_unknown_name_is_answered_with_the_nearest(string name, string nearest) =>
        Assert.Contains($"'{name}'. Did you mean {nearest}?", Assert.Throws<ArgumentException>(() => Pretrained.Get(name)).Message);

    [Fact]
    public void A_hash_that_is_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => Pretrained.Get("resnet50.tv_in1k") with { Sha256 = "0676ba6" });
}
