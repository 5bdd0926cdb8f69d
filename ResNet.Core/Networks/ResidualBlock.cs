using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// One residual block: y = relu(F(x) + shortcut(x)). F is a chain of convolutions, each followed by batch norm, with
/// ReLU between them: two 3×3 (basic), or 1×1, 3×3, 1×1 (bottleneck).
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly (Conv2d Convolution, BatchNorm2d Norm)[] layers;
    private readonly Module<Tensor, Tensor>? downsample;
    private readonly int stride;
    private readonly int addedChannels;

    /// <param name="specification">The network that the block is part of.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="planes">The stage's planes; the output has planes × expansion channels.</param>
    /// <param name="stride">1, or 2 to halve height and width.</param>
    public ResidualBlock(ResNetSpecification specification, int channels, int planes, int stride)
        : base(nameof(ResidualBlock))
    {
        this.stride = stride;
        var output = planes * specification.Expansion;
        var changesShape = stride != 1 || channels != output;
        var width = planes * specification.WidthPerGroup / 64 * specification.Groups;
        var (stride1, stride3) = specification.StrideInFirst1x1 ? (stride, 1) : (1, stride);

        layers = specification.Block == BlockKind.Basic
            ?
            [
                Layer(channels, planes, kernel: 3, stride),
                Layer(planes, planes, kernel: 3),
            ]
            :
            [
                Layer(channels, width, kernel: 1, stride1),
                Layer(width, width, kernel: 3, stride3, specification.Groups),
                Layer(width, output, kernel: 1),
            ];

        for (var i = 0; i < layers.Length; i++)
        {
            register_module($"conv{i + 1}", layers[i].Convolution);
            register_module($"bn{i + 1}", layers[i].Norm);
        }

        if (specification.ZeroInitResidual)
        {
            init.zeros_(layers[^1].Norm.weight);
        }

        if (specification.Shortcut == ShortcutOption.C || (specification.Shortcut == ShortcutOption.B && changesShape))
        {
            var (projection, norm) = Layer(channels, output, kernel: 1, stride);
            downsample = Sequential(projection, norm);
            register_module("downsample", downsample);
        }
        else
        {
            addedChannels = output - channels;
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        for (var i = 0; i < layers.Length; i++)
        {
            x = layers[i].Norm.call(layers[i].Convolution.call(x));
            x = i < layers.Length - 1 ? functional.relu(x, inplace: true) : x.add_(Shortcut(input));
        }

        return functional.relu(x, inplace: true).MoveToOuterDisposeScope();
    }

    // torchvision's downsample, or option A: every stride-th pixel, zeros around the channels (none where the shape stays).
    private Tensor Shortcut(Tensor input)
    {
        if (downsample is not null)
        {
            return downsample.call(input);
        }

        var x = stride == 1 ? input : input[TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)];
        return addedChannels == 0 ? x : functional.pad(x, [0, 0, 0, 0, addedChannels / 2, addedChannels - (addedChannels / 2)]);
    }

    private static (Conv2d Convolution, BatchNorm2d Norm) Layer(int input, int output, int kernel, int stride = 1, int groups = 1) =>
        (Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false), BatchNorm2d(output));
}
