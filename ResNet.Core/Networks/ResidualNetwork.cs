using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A residual network (He et al. 2015): stem, stages of residual blocks, global average pooling, linear classifier.
/// <see cref="ResNetSpecification"/> says which. Names, order and shapes in <see cref="ClassificationNetwork.state_dict"/>, initialisation
/// and strides are torchvision's, so its weights load as they are.
/// </summary>
/// <remarks>
/// Forward passes in eval mode may run on several threads at once; anything that changes the module may not.
/// </remarks>
public sealed class ResidualNetwork : ClassificationNetwork
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential[] stages;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights: convolutions He-normal (fan out), batch norms 1 and 0, the classifier as torch's Linear.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">
    /// Seed of the weights: torchvision gives the same ones after <c>torch.manual_seed(seed)</c>, and torch's global generator
    /// is left as it was. null (default): they are drawn from that generator, as by any TorchSharp module.
    /// </param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public ResidualNetwork(ResNetSpecification specification, Device? device = null, int? seed = null)
        : base(nameof(ResidualNetwork))
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);

        conv1 = Specification.Stem == StemKind.ImageNet
            ? Conv2d(Specification.InputChannels, Specification.Width, kernel_size: 7, stride: 2, padding: 3, bias: false)
            : Conv2d(Specification.InputChannels, Specification.Width, kernel_size: 3, stride: 1, padding: 1, bias: false);
        bn1 = BatchNorm2d(Specification.Width);

        stages = new Sequential[Specification.Stages.Length];
        var channels = Specification.Width;
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var blocks = new Module<Tensor, Tensor>[Specification.Stages[stage]];
            for (var i = 0; i < blocks.Length; i++)
            {
                blocks[i] = new ResidualBlock(Specification, channels, planes: Specification.Width << stage, stride: i == 0 && stage > 0 ? 2 : 1);
                channels = (Specification.Width << stage) * Specification.Expansion;
            }

            stages[stage] = Sequential(blocks);
        }

        fc = Linear(Specification.Features, Specification.Classes);

        register_module("conv1", conv1);
        register_module("bn1", bn1);
        for (var stage = 0; stage < stages.Length; stage++)
        {
            register_module($"layer{stage + 1}", stages[stage]);
        }

        register_module("fc", fc);
        Initialize(this);
        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <inheritdoc/>
    public override ResNetSpecification Specification { get; }

    private protected override Linear Classifier => fc;

    private protected override Tensor Extract(Tensor x, DisposeScope scope)
    {
        x = functional.relu(bn1.call(conv1.call(x)), inplace: true);
        if (Specification.Stem == StemKind.ImageNet)
        {
            x = functional.max_pool2d(x, kernel_size: 3, stride: 2, padding: 1);
        }

        foreach (var stage in stages)
        {
            x = scope.DisposeEverythingBut(stage.call(x));
        }

        return x;
    }

    private protected override string Export(OnnxGraph graph, string x, string prefix)
    {
        x = graph.Relu(graph.Call(bn1, graph.Call(conv1, x, prefix + "conv1"), prefix + "bn1"));
        if (Specification.Stem == StemKind.ImageNet)
        {
            x = graph.MaxPool2d(x, kernel: 3, stride: 2, padding: 1);
        }

        for (var i = 0; i < stages.Length; i++)
        {
            x = graph.Call(stages[i], x, $"{prefix}layer{i + 1}");
        }

        return x;
    }

    // In the order of the modules, as torchvision does it: so the same seed gives the same weights.
    private static void Initialize(Module module)
    {
        if (module is Conv2d convolution)
        {
            init.kaiming_normal_(convolution.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        }

        foreach (var (_, child) in module.named_children())
        {
            Initialize(child);
        }
    }
}

/// <summary>
/// One residual block: y = relu(F(x) + shortcut(x)). F is a chain of convolutions, each followed by batch norm, with
/// ReLU between them: two 3×3 (basic), or 1×1, 3×3, 1×1 (bottleneck).
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOnnxModule
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

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var x = input;
        for (var i = 0; i < layers.Length; i++)
        {
            x = graph.Call(layers[i].Norm, graph.Call(layers[i].Convolution, x, $"{prefix}conv{i + 1}"), $"{prefix}bn{i + 1}");
            x = i < layers.Length - 1 ? graph.Relu(x) : graph.Add(x, Shortcut());
        }

        return graph.Relu(x);

        string Shortcut() => downsample is not null
            ? graph.Call(downsample, input, prefix + "downsample")
            : graph.PadChannels(graph.Subsample(input, stride), addedChannels / 2, addedChannels - (addedChannels / 2));
    }

    // torchvision's downsample, or option A: every stride-th pixel, zeros around the channels (none where the shape stays).
    private Tensor Shortcut(Tensor input)
    {
        if (downsample is not null)
        {
            return downsample.call(input);
        }

        var x = stride == 1 ? input : input.index(TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride));
        return addedChannels == 0 ? x : functional.pad(x, [0, 0, 0, 0, addedChannels / 2, addedChannels - (addedChannels / 2)]);
    }

    private static (Conv2d Convolution, BatchNorm2d Norm) Layer(int input, int output, int kernel, int stride = 1, int groups = 1) =>
        (Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false), BatchNorm2d(output));
}
