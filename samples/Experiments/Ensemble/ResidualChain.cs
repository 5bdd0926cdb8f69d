using ResNet.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>
/// A CIFAR network of basic blocks taken apart into its blocks, which can then be left out, put in another order, or let gradients
/// through one way only (Veit et al. 2016). Shares the network's weights; the network stays the caller's.
/// </summary>
internal sealed class ResidualChain
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Linear fc;
    private readonly Normalization normalization;

    public ResidualChain(ResidualNetwork network)
    {
        var specification = network.Specification;
        if (specification is not { Stem: StemKind.Cifar, Block: BlockKind.Basic, Activation: ActivationOrder.PostActivation, Normalization: not null, SurvivalProbability: 1, Dropout: 0 }
            || specification.Shortcut is not (ShortcutOption.A or ShortcutOption.None))
        {
            throw new ArgumentException($"{specification.Name} is no CIFAR network of basic post-activation blocks with shortcut option A or None.", nameof(network));
        }

        var parts = network.named_children().ToDictionary(child => child.name, child => child.module);
        (conv1, bn1, fc, normalization) = ((Conv2d)parts["conv1"], (BatchNorm2d)parts["bn1"], (Linear)parts["fc"], specification.Normalization);
        Stages = [.. Enumerable.Range(1, specification.Stages.Length).Select(stage => parts[$"layer{stage}"].named_children().Select(child => new ChainBlock(child.module, specification)).ToArray())];
        Blocks = [.. Stages.SelectMany(stage => stage)];
    }

    /// <summary>The blocks, stage by stage.</summary>
    public IReadOnlyList<IReadOnlyList<ChainBlock>> Stages { get; }

    /// <summary>All blocks, from the input on.</summary>
    public IReadOnlyList<ChainBlock> Blocks { get; }

    /// <summary>What the first block gets of these pixels, 0..255.</summary>
    public Tensor Stem(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var mean = tensor(normalization.Mean.ToArray(), device: pixels.device).view(1, -1, 1, 1);
        var std = tensor(normalization.Std.ToArray(), device: pixels.device).view(1, -1, 1, 1);
        var normalized = ((pixels.to(ScalarType.Float32) / 255) - mean) / std;
        return functional.relu(bn1.call(conv1.call(normalized))).MoveToOuterDisposeScope();
    }

    /// <summary>The logits of what leaves the last block.</summary>
    public Tensor Head(Tensor features) => fc.call(functional.adaptive_avg_pool2d(features, 1).flatten(1));

    /// <summary>The logits of what comes from the stem.</summary>
    /// <param name="x">What <see cref="Stem"/> returns.</param>
    /// <param name="part">What becomes of each block, by its index in <see cref="Blocks"/>.</param>
    /// <param name="visit">Sees what leaves each block.</param>
    public Tensor Forward(Tensor x, Func<int, BlockPart> part, Action<Tensor>? visit = null)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            x = Blocks[i].Forward(x, part(i));
            visit?.Invoke(x);
        }

        return Head(x);
    }

    /// <summary>The logits with the blocks in another order.</summary>
    public Tensor Forward(Tensor x, IEnumerable<ChainBlock> order) => Head(order.Aggregate(x, (x, block) => block.Forward(x, BlockPart.Whole)));
}
