using Experiments;
using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Samples;

public class PathTests
{
    [Fact]
    public void GradientsOfAllPathsAddUpToTheWholeGradient()
    {
        using var network = TinyChain.Network();
        using var batch = TinyChain.Batch();
        using var scope = NewDisposeScope();
        var gradients = new PathGradients(new ResidualChain(network), batch);
        var paths = PathLengths.All(4).Select(gradients.Of).ToArray();
        Assert.Equal(16, paths.Length);
        var sum = paths.Aggregate((a, b) => a + b);
        var whole = gradients.Of(null);
        Assert.True(sum.allclose(whole, rtol: 1e-3, atol: 1e-7));
        // No single path is the whole of it, and no one is nothing.
        Assert.All(paths, path => Assert.False(path.allclose(whole, rtol: 1e-3, atol: 1e-7)));
        Assert.All(paths, path => Assert.True(path.abs().sum().item<float>() > 0));
    }

    [Fact]
    public void TheWholeGradientIsTheNetworks()
    {
        using var network = TinyChain.Network();
        using var batch = TinyChain.Batch();
        using var scope = NewDisposeScope();
        functional.cross_entropy(network.call(batch.Pixels), batch.Labels).backward();
        // What comes from the stem reaches its batch norm's bias through the ReLU.
        var bias = network.named_parameters().Single(p => p.name == "bn1.bias").parameter.grad!;
        var chain = new ResidualChain(network);
        var passed = chain.Stem(batch.Pixels).gt(0);
        var gradient = (new PathGradients(chain, batch).Of(null) * passed).sum([0, 2, 3]);
        Assert.True(gradient.allclose(bias, rtol: 1e-3, atol: 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void LengthsOfAllPathsAreBinomial(int blocks)
    {
        var counted = PathLengths.All(blocks).CountBy(path => path.Count(through => through)).ToDictionary();
        Assert.Equal(blocks + 1, counted.Count);
        Assert.All(counted, length => Assert.Equal(length.Value, PathLengths.Count(blocks, length.Key)));
        Assert.Equal(counted.OrderBy(length => length.Key).Select(length => (double)length.Value / (1 << blocks)), PathLengths.Distribution(blocks));
    }

    [Fact]
    public void TheLongDistributionsAreThoseOfManyCoins()
    {
        var shares = PathLengths.Distribution(54);
        Assert.Equal(1, shares.Sum(), 12);
        Assert.Equal(27, shares.Select((share, length) => share * length).Sum(), 9);
        Assert.Equal(13.5, shares.Select((share, length) => share * (length - 27) * (length - 27)).Sum(), 9);
        Assert.Equal(1946939425648112, PathLengths.Count(54, 27));
    }

    [Fact]
    public void DrawnPathsHaveTheirLength()
    {
        var random = new Random(1);
        var paths = Enumerable.Range(0, 200).Select(_ => PathLengths.Draw(6, 2, random)).ToArray();
        Assert.All(paths, path => Assert.Equal(2, path.Count(through => through)));
        Assert.Equal(15, paths.Select(path => string.Concat(path.Select(through => through ? 1 : 0))).Distinct().Count());
    }

    [Fact]
    public void TheShortestRangeIsFound() => Assert.Equal((2, 3), PathLengths.Range([1, 1, 5, 5, 1, 1], 0.7));
}
