using Experiments;
using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Samples;

public class GradientNormTests
{
    [Theory]
    [InlineData(ShortcutOption.A)]
    [InlineData(ShortcutOption.None)]
    public void ConvolutionsNormsAreThoseOfBackward(ShortcutOption shortcut)
    {
        using var scope = NewDisposeScope();
        using var network = TinyChain.Network(shortcut);
        using var batch = TinyChain.Batch();
        var (blocks, convolutions) = GradientNorms.Of(network, batch, batchNorm: false);

        functional.cross_entropy(network.call(batch.Pixels), batch.Labels).backward();
        var expected = network.named_parameters().Where(p => p.name.Contains("conv")).Select(p => p.parameter.grad!.norm().item<float>()).ToArray();
        Assert.Equal(4, blocks.Length);
        Assert.Equal(9, expected.Length);
        Assert.All(expected.Zip(convolutions), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First));
    }

    [Fact]
    public void HalfTheVarianceShrinksThePlainNetworksGradientBlockByBlock()
    {
        var ratios = new[] { true, false }.Select(halved =>
        {
            using var network = (Depths.Plain(20) with { InputChannels = 1, InputSize = 8, Normalization = Normalization.Centered(1), Classes = 3 }).Create(seed: 1);
            using var batch = TinyChain.Batch();
            if (halved)
            {
                GradientNorms.HalveVariance(network);
            }

            var (blocks, _) = GradientNorms.Of(network, batch, batchNorm: false);
            return blocks[0] / blocks[^1];
        }).ToArray();
        // 16 convolutions lie between, each of which multiplies by √½, while the ReLUs stand as before: 1/256. Only the gradient that comes
        // in at the end has another direction, as the logits are smaller.
        Assert.InRange(ratios[0] / ratios[1], 1 / 400.0, 1 / 160.0);
    }
}
