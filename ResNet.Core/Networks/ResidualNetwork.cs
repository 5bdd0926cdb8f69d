using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A residual network (He et al. 2015, 2016) and its kin: plain, wide (Zagoruyko and Komodakis 2016), ResNeXt (Xie et al. 2017),
/// stochastic depth (Huang et al. 2016). Stem, stages of residual blocks, global average pooling, linear classifier;
/// <see cref="ResNetSpecification"/> says which. Names, order and shapes in <see cref="ClassificationNetwork.state_dict"/>, initialisation
/// and strides are torchvision's, so its weights load as they are.
/// </summary>
/// <remarks>
/// Forward passes in eval mode may run on several threads at once; anything that changes the module may not.
/// </remarks>
public sealed class ResidualNetwork : ClassificationNetwork
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d? bn1;
    private readonly Sequential[] stages;
    private readonly BatchNorm2d? bn;
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
        : base(nameof(ResidualNetwork), seed)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);

        var width = Specification.StemChannels;
        conv1 = Specification.Stem == StemKind.ImageNet
            ? Conv2d(Specification.InputChannels, width, kernel_size: 7, stride: 2, padding: 3, bias: false)
            : Conv2d(Specification.InputChannels, width, kernel_size: 3, stride: 1, padding: 1, bias: false);
        stages = new Sequential[Specification.Stages.Length];
        var (channels, number) = (width, 0);
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var blocks = new Module<Tensor, Tensor>[Specification.Stages[stage]];
            for (var i = 0; i < blocks.Length; i++)
            {
                number++;
                blocks[i] = new ResidualBlock(Specification, number, channels, planes: Specification.Width << stage, stride: i == 0 && stage > 0 ? 2 : 1, Noise);
                channels = (Specification.Width << stage) * Specification.Expansion;
            }

            stages[stage] = Sequential(blocks);
        }

        if (Specification.Activation == ActivationOrder.PreActivation)
        {
            bn = BatchNorm2d(channels);
        }
        else
        {
            bn1 = BatchNorm2d(width);
        }

        fc = Linear(Specification.Features, Specification.Classes);

        Register("conv1", conv1);
        Register("bn1", bn1);
        for (var stage = 0; stage < stages.Length; stage++)
        {
            Register($"layer{stage + 1}", stages[stage]);
        }

        Register("bn", bn);
        Register("fc", fc);
        foreach (var convolution in InOrder(this).OfType<Conv2d>())
        {
            init.kaiming_normal_(convolution.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        }

        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <inheritdoc/>
    public override ResNetSpecification Specification { get; }

    /// <summary>The stages are torchvision's layer1, layer2, …; before the last one of a pre-activation network, what the additions give.</summary>
    public override int StageCount => stages.Length;

    private protected override Linear Classifier => fc;

    /// <summary>Scales what the blocks add so that weights that were trained with another survival probability give what they gave.</summary>
    /// <param name="survivalProbability">The last block's in that training, above 0 to 1.</param>
    public void ComputeAsWith(double survivalProbability)
    {
        foreach (var (i, block) in modules().OfType<ResidualBlock>().Index())
        {
            block.ComputeAsWith(Specification.Survival(i + 1, survivalProbability));
        }
    }

    // The blocks of a pre-activation network end in an addition; the ReLU that follows the last one is the network's.
    private bool EndsInAddition => Specification.Activation is ActivationOrder.PreActivation or ActivationOrder.ReluPreActivation;

    private protected override Tensor Extract(Tensor x, DisposeScope scope) => Extract(x, scope, StageCount);

    private protected override Tensor Extract(Tensor x, DisposeScope scope, int stage)
    {
        // The stem's map comes first.
        foreach (var map in Maps(x).Take(stage + 1))
        {
            x = scope.DisposeEverythingBut(map);
        }

        return x;
    }

    /// <summary>Prepared pixels to the stem's map (before its pooling) and each stage's, one at a time; the last is <see cref="ClassificationNetwork.forward_features"/>'.</summary>
    internal IEnumerable<Tensor> Maps(Tensor x)
    {
        x = conv1.Apply(x);
        x = bn1 is null ? x : functional.relu(bn1.call(x), inplace: true);
        yield return x;
        x = Specification.Stem == StemKind.ImageNet ? functional.max_pool2d(x, kernel_size: 3, stride: 2, padding: 1) : x;
        foreach (var stage in stages[..^1])
        {
            x = stage.call(x);
            yield return x;
        }

        x = stages[^1].call(x);
        x = bn is null ? x : bn.call(x);
        yield return EndsInAddition ? functional.relu(x) : x;
    }

    private void Register(string name, Module? module)
    {
        if (module is not null)
        {
            register_module(name, module);
        }
    }

    private protected override string Export(OnnxGraph graph, string x, string prefix) => Export(graph, x, prefix, StageCount);

    private protected override string Export(OnnxGraph graph, string x, string prefix, int stage) => Maps(graph, x, prefix, stage)[stage];

    /// <summary>What <see cref="Maps(Tensor)"/> computes, in ONNX's operators, up to stage <paramref name="last"/>; 0 is the stem.</summary>
    internal IReadOnlyList<string> Maps(OnnxGraph graph, string x, string prefix, int last)
    {
        x = graph.Call(conv1, x, prefix + "conv1");
        x = bn1 is null ? x : graph.Relu(graph.Call(bn1, x, prefix + "bn1"));
        var maps = new List<string> { x };
        x = Specification.Stem == StemKind.ImageNet && last > 0 ? graph.MaxPool2d(x, kernel: 3, stride: 2, padding: 1) : x;
        for (var i = 0; i < last; i++)
        {
            x = graph.Call(stages[i], x, $"{prefix}layer{i + 1}");
            maps.Add(x);
        }

        if (last == stages.Length)
        {
            x = bn is null ? x : graph.Call(bn, x, prefix + "bn");
            maps[^1] = EndsInAddition ? graph.Relu(x) : x;
        }

        return maps;
    }
}

/// <summary>
/// One residual block: y = F(x) + shortcut(x). F is a chain of convolutions: two 3×3 (basic), or 1×1, 3×3, 1×1 (bottleneck), with
/// batch norm and ReLU where <see cref="ActivationOrder"/> says; so is what comes before both and after the addition.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly Module<Tensor, Tensor>[] before, function, after;
    private readonly CardinalityPaths? paths;
    private readonly Module<Tensor, Tensor>? downsample;
    private readonly ResNetSpecification specification;
    private readonly TrainingNoise noise;
    private readonly double survival;
    private readonly int stride;
    private readonly int addedChannels;

    /// <param name="specification">The network that the block is part of.</param>
    /// <param name="number">The block's number in the network, from 1.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="planes">The stage's planes; the output has planes × expansion channels.</param>
    /// <param name="stride">1, or 2 to halve height and width.</param>
    /// <param name="noise">Decides in training what is dropped.</param>
    public ResidualBlock(ResNetSpecification specification, int number, int channels, int planes, int stride, TrainingNoise noise)
        : base(nameof(ResidualBlock))
    {
        (this.specification, this.stride, this.noise) = (specification, stride, noise);
        survival = specification.Survival(number, specification.SurvivalProbability);
        var output = planes * specification.Expansion;
        var changesShape = stride != 1 || channels != output;
        var width = planes * specification.WidthPerGroup / 64 * specification.Groups;
        var (stride1, stride3) = specification.StrideInFirst1x1 ? (stride, 1) : (1, stride);

        Layer[] layers = specification.Block == BlockKind.Basic
            ?
            [
                NewLayer(channels, planes, kernel: 3, stride),
                NewLayer(planes, planes, kernel: 3),
            ]
            :
            [
                NewLayer(channels, width, kernel: 1, stride1),
                NewLayer(width, width, kernel: 3, stride3, specification.Groups),
                NewLayer(width, output, kernel: 1),
            ];

        (before, function, after) = Arrange(layers, activatesShortcut: changesShape || number == 1);
        if (specification.Form != CardinalityForm.Grouped)
        {
            paths = new CardinalityPaths(specification.Form, layers, specification.Groups);
        }

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
            var (projection, norm) = NewLayer(channels, output, kernel: 1, stride);
            downsample = specification.Activation == ActivationOrder.PreActivation ? Sequential(projection) : Sequential(projection, norm);
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
        var x = Run(before, input);
        if (specification.Shortcut == ShortcutOption.None)
        {
            return Run(after, Run(function, x)).MoveToOuterDisposeScope();
        }

        if (training && !noise.Draw(survival))
        {
            // A copy: the shortcut may be the input itself.
            return Run(after, Shortcut(x).clone()).MoveToOuterDisposeScope();
        }

        var residual = paths is null ? Run(function, x) : paths.call(x);
        residual = training || survival == 1 ? residual : residual * survival;
        // ReLU's gradient needs its output as it was.
        var sum = specification.Activation == ActivationOrder.ReluBeforeAddition ? residual + Shortcut(x) : residual.add_(Shortcut(x));
        return Run(after, sum).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var x = Call(before, input);
        var residual = Call(function, x);
        residual = survival == 1 ? residual : graph.Mul(residual, (float)survival);
        return Call(after, specification.Shortcut == ShortcutOption.None ? residual : graph.Add(residual, Shortcut()));

        string Call(Module<Tensor, Tensor>[] modules, string x) =>
            modules.Aggregate(x, (x, module) => module is ReLU ? graph.Relu(x) : graph.Call(module, x, prefix + NameOf(module)));

        string NameOf(Module module) => named_children().Single(child => child.module == module).name;

        string Shortcut() => downsample is not null
            ? graph.Call(downsample, x, prefix + "downsample")
            : graph.PadChannels(graph.Subsample(x, stride), addedChannels / 2, addedChannels - (addedChannels / 2));
    }

    /// <summary>Scales the residual so that it counts in eval mode as with another survival probability of this block.</summary>
    public void ComputeAsWith(double probability)
    {
        using var untracked = no_grad();
        // ReLU, which may follow, passes a factor above 0 on.
        foreach (var parameter in function.Last(module => module is NormBase or Convolution).parameters(recurse: false))
        {
            parameter.mul_(probability / survival);
        }
    }

    // Figure 4 of He et al. 2016: what comes before the block parts into function and shortcut, the function, what follows the addition.
    private (Module<Tensor, Tensor>[] Before, Module<Tensor, Tensor>[] Function, Module<Tensor, Tensor>[] After) Arrange(Layer[] layers, bool activatesShortcut)
    {
        Module<Tensor, Tensor> relu = ReLU(inplace: true);
        Module<Tensor, Tensor>[] dropout = [];
        if (specification.Dropout > 0)
        {
            dropout = [new DropoutLayer(specification.Dropout, noise)];
            register_module("dropout", dropout[0]);
        }

        var (inner, (convolution, norm)) = (layers[..^1], layers[^1]);
        if (specification.Activation == ActivationOrder.PreActivation)
        {
            Module<Tensor, Tensor>[] chain =
                [.. inner.SelectMany(layer => new Module<Tensor, Tensor>[] { layer.Norm, relu, layer.Convolution }), norm, relu, .. dropout, convolution];
            return activatesShortcut ? (chain[..2], chain[2..], []) : ([], chain, []);
        }

        Module<Tensor, Tensor>[] start =
            [.. inner.SelectMany(layer => new Module<Tensor, Tensor>[] { layer.Convolution, layer.Norm, relu }), .. dropout, convolution];
        return specification.Activation switch
        {
            ActivationOrder.NormAfterAddition => ([], start, [norm, relu]),
            ActivationOrder.ReluBeforeAddition => ([], [.. start, norm, relu], []),
            ActivationOrder.ReluPreActivation => ([], [ReLU(), .. start, norm], []),
            _ => ([], [.. start, norm], [relu]),
        };
    }

    private static Tensor Run(Module<Tensor, Tensor>[] modules, Tensor x)
    {
        foreach (var module in modules)
        {
            x = module.Apply(x);
        }

        return x;
    }

    // torchvision's downsample, or option A: every stride-th pixel, zeros around the channels (none where the shape stays).
    private Tensor Shortcut(Tensor input)
    {
        if (downsample is not null)
        {
            return downsample.Apply(input);
        }

        var x = stride == 1 ? input : input.index(TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride));
        return addedChannels == 0 ? x : functional.pad(x, [0, 0, 0, 0, addedChannels / 2, addedChannels - (addedChannels / 2)]);
    }

    // A norm stands before its convolution in pre-activation blocks, after it in all others.
    private Layer NewLayer(int input, int output, int kernel, int stride = 1, int groups = 1) =>
        new(Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false),
            BatchNorm2d(specification.Activation == ActivationOrder.PreActivation ? input : output));

    /// <summary>A convolution and the norm that goes with it.</summary>
    internal sealed record Layer(Conv2d Convolution, BatchNorm2d Norm);
}
