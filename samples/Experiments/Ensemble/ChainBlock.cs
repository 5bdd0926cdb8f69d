using ResNet.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>What becomes of one block of a chain. All but <see cref="Deleted"/> give the same values; gradients differ.</summary>
internal enum BlockPart
{
    /// <summary>The block as it is.</summary>
    Whole,

    /// <summary>Only the shortcut: the function is taken out. Of a plain block, the shortcut that a residual one would have.</summary>
    Deleted,

    /// <summary>The whole block, but gradients go through the function alone.</summary>
    FunctionPath,

    /// <summary>The whole block, but gradients go through the shortcut alone.</summary>
    ShortcutPath,
}

/// <summary>One block of two convolutions, as its network computes it, in two separate parts.</summary>
internal sealed class ChainBlock
{
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly bool plain;
    private readonly int stride, addedChannels;

    public ChainBlock(nn.Module block, ResNetSpecification specification)
    {
        var parts = block.named_children().ToDictionary(child => child.name, child => child.module);
        (conv1, bn1, conv2, bn2) = ((Conv2d)parts["conv1"], (BatchNorm2d)parts["bn1"], (Conv2d)parts["conv2"], (BatchNorm2d)parts["bn2"]);
        plain = specification.Shortcut == ShortcutOption.None;
        var (output, input) = (conv1.weight!.shape[0], conv1.weight.shape[1]);
        addedChannels = (int)(output - input);
        stride = addedChannels > 0 ? 2 : 1;
    }

    /// <summary>Whether input and output have one shape, so that the block can stand elsewhere in its stage.</summary>
    public bool KeepsShape => stride == 1;

    public Tensor Forward(Tensor x, BlockPart part) => part switch
    {
        // The input went through a ReLU, so that of the sum changes nothing here.
        BlockPart.Deleted => Shortcut(x),
        _ when plain => functional.relu(Function(x)),
        BlockPart.FunctionPath => functional.relu(Function(x) + Shortcut(x.detach())),
        BlockPart.ShortcutPath => functional.relu(Function(x.detach()) + Shortcut(x)),
        _ => functional.relu(Function(x) + Shortcut(x)),
    };

    private Tensor Function(Tensor x) => bn2.call(conv2.call(functional.relu(bn1.call(conv1.call(x)))));

    // Option A: every second pixel, zeros for the added channels.
    private Tensor Shortcut(Tensor x)
    {
        if (KeepsShape)
            return x;
        var subsampled = x.index(TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride));
        return functional.pad(subsampled, [0, 0, 0, 0, addedChannels / 2, addedChannels - (addedChannels / 2)]);
    }
}
