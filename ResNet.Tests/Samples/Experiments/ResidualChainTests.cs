using Experiments;
using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Samples;

public class ResidualChainTests
{
    [Theory]
    [InlineData(ShortcutOption.A)]
    [InlineData(ShortcutOption.None)]
    public void TakenApartItComputesWhatTheNetworkDoes(ShortcutOption shortcut)
    {
        using var network = TinyChain.Network(shortcut);
        using var batch = TinyChain.Batch();
        using var untracked = no_grad();
        using var whole = network.call(batch.Pixels);
        var chain = new ResidualChain(network);
        foreach (var part in new[] { BlockPart.Whole, BlockPart.FunctionPath, BlockPart.ShortcutPath })
        {
            using var logits = chain.Forward(chain.Stem(batch.Pixels), _ => part);
            Assert.True(logits.allclose(whole, rtol: 1e-4, atol: 1e-5), $"{part}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void DeletingABlockIsTheSameAsAFunctionOfZero(int deleted)
    {
        using var network = TinyChain.Network();
        using var batch = TinyChain.Batch();
        using var untracked = no_grad();
        var chain = new ResidualChain(network);
        using var logits = chain.Forward(chain.Stem(batch.Pixels), i => i == deleted ? BlockPart.Deleted : BlockPart.Whole);

        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        parameters[$"layer{1 + (deleted / 2)}.{deleted % 2}.bn2.weight"].zero_();
        parameters[$"layer{1 + (deleted / 2)}.{deleted % 2}.bn2.bias"].zero_();
        using var without = network.call(batch.Pixels);
        Assert.True(logits.allclose(without, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void TheTrainedOrderIsTheNetworksAndAnotherIsNot()
    {
        using var network = TinyChain.Network();
        using var batch = TinyChain.Batch();
        using var untracked = no_grad();
        using var whole = network.call(batch.Pixels);
        var chain = new ResidualChain(network);
        var stem = chain.Stem(batch.Pixels);
        Assert.True(chain.Forward(stem, chain.Blocks).allclose(whole, rtol: 1e-4, atol: 1e-5));
        ChainBlock[] swapped = [chain.Blocks[1], chain.Blocks[0], chain.Blocks[2], chain.Blocks[3]];
        Assert.False(chain.Forward(stem, swapped).allclose(whole, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void OtherNetworksAreRefused()
    {
        using var network = (ResNetPresets.Cifar(8) with { Shortcut = ShortcutOption.B }).Create(seed: 1);
        Assert.Contains("option A or None", Assert.Throws<ArgumentException>(() => new ResidualChain(network)).Message);
    }
}
