using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A densely connected network (DenseNet and DenseNet-BC, Huang et al. 2017): every layer of a block sees the outputs of all layers before it.
/// <see cref="DenseNetSpecification"/> says which. Names, order and shapes in <see cref="ClassificationNetwork.state_dict"/> and the
/// initialisation are torchvision's, so its weights load as they are.
/// </summary>
/// <inheritdoc cref="ClassificationNetwork" path="/remarks"/>
public sealed class DenseNetwork : ClassificationNetwork
{
    private readonly Sequential features;
    private readonly Linear classifier;

    /// <summary>Builds the network with fresh weights: convolutions He-normal (fan in), batch norms 1 and 0, the classifier's bias 0.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">As for <see cref="NetworkSpecification.Create"/>; torchvision gives the same weights after <c>torch.manual_seed(seed)</c>.</param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public DenseNetwork(DenseNetSpecification specification, Device? device = null, int? seed = null)
        : base(nameof(DenseNetwork), seed)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);
        features = Sequential(Layers(Specification, Noise));
        classifier = Linear(Specification.Features, Specification.Classes);
        register_module("features", features);
        register_module("classifier", classifier);

        foreach (var convolution in InOrder(this).OfType<Conv2d>())
        {
            init.kaiming_normal_(convolution.weight);
        }

        init.zeros_(classifier.bias!);
        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <inheritdoc/>
    public override DenseNetSpecification Specification { get; }

    private protected override Linear Classifier => classifier;

    /// <summary>The stages are the dense blocks; before the last one, without the norm and ReLU that follow in the next transition.</summary>
    public override int StageCount => Specification.Blocks.Length;

    private protected override Tensor Extract(Tensor x, DisposeScope scope) => Extract(x, scope, StageCount);

    private protected override Tensor Extract(Tensor x, DisposeScope scope, int stage)
    {
        foreach (var (name, layer) in features.named_children())
        {
            x = scope.DisposeEverythingBut(((Module<Tensor, Tensor>)layer).Apply(x));
            if (EndsStage(name, stage))
            {
                return x;
            }
        }

        return functional.relu(x, inplace: true);
    }

    private protected override string Export(OnnxGraph graph, string x, string prefix) => Export(graph, x, prefix, StageCount);

    private protected override string Export(OnnxGraph graph, string x, string prefix, int stage)
    {
        foreach (var (name, layer) in features.named_children())
        {
            x = graph.Call(layer, x, $"{prefix}features.{name}");
            if (EndsStage(name, stage))
            {
                return x;
            }
        }

        return graph.Relu(x);
    }

    private bool EndsStage(string layer, int stage) => stage < StageCount && layer == $"denseblock{stage}";

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Layers(DenseNetSpecification specification, TrainingNoise noise)
    {
        var channels = specification.StemWidth;
        if (specification.Stem == StemKind.ImageNet)
        {
            yield return ("conv0", Conv2d(specification.InputChannels, channels, kernel_size: 7, stride: 2, padding: 3, bias: false));
            yield return ("norm0", BatchNorm2d(channels));
            yield return ("relu0", ReLU(inplace: true));
            yield return ("pool0", MaxPool2d(kernel_size: 3, stride: 2, padding: 1));
        }
        else
        {
            yield return ("conv0", Conv2d(specification.InputChannels, channels, kernel_size: 3, padding: 1, bias: false));
        }

        for (var i = 1; i <= specification.Blocks.Length; i++)
        {
            if (i > 1)
            {
                var compressed = specification.Compressed(channels);
                (string, Module<Tensor, Tensor>)[] drop = specification.Dropout > 0 ? [("drop", new DropoutLayer(specification.Dropout, noise))] : [];
                yield return ($"transition{i - 1}", Sequential(
                [
                    ("norm", BatchNorm2d(channels)),
                    ("relu", ReLU(inplace: true)),
                    ("conv", Conv2d(channels, compressed, kernel_size: 1, bias: false)),
                    .. drop,
                    ("pool", AvgPool2d(kernel_size: 2, stride: 2)),
                ]));
                channels = compressed;
            }

            var layers = specification.Blocks[i - 1];
            yield return ($"denseblock{i}", new DenseBlock(specification, channels, layers, noise));
            channels += layers * specification.GrowthRate;
        }

        yield return ("norm5", BatchNorm2d(channels));
    }
}

/// <summary>A dense block: its output is its input and what each of its layers adds, as channels one after the other.</summary>
internal sealed class DenseBlock : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly DenseLayer[] layers;

    public DenseBlock(DenseNetSpecification specification, int channels, int count, TrainingNoise noise)
        : base(nameof(DenseBlock))
    {
        layers = [.. Enumerable.Range(0, count).Select(i => new DenseLayer(specification, channels + (i * specification.GrowthRate), noise))];
        for (var i = 0; i < count; i++)
        {
            register_module($"denselayer{i + 1}", layers[i]);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        List<Tensor> features = [input];
        foreach (var layer in layers)
        {
            features.Add(layer.call(features));
        }

        return cat(features, 1).MoveToOuterDisposeScope();
    }

    public string Export(OnnxGraph graph, string input, string prefix)
    {
        List<string> features = [input];
        for (var i = 0; i < layers.Length; i++)
        {
            features.Add(graph.Call(layers[i], i == 0 ? input : graph.Concat(features), $"{prefix}denselayer{i + 1}"));
        }

        return graph.Concat(features);
    }
}

/// <summary>
/// norm, ReLU, 1×1 convolution, norm, ReLU, 3×3 convolution of all channels so far; the output are the channels that it adds.
/// Without a bottleneck: norm, ReLU, 3×3 convolution.
/// </summary>
internal sealed class DenseLayer : Module<IReadOnlyList<Tensor>, Tensor>, IOnnxModule
{
    private readonly BatchNorm2d norm1;
    private readonly BatchNorm2d? norm2;
    private readonly Conv2d conv1;
    private readonly Conv2d? conv2;
    private readonly DropoutLayer? drop;
    private readonly bool memoryEfficient;

    public DenseLayer(DenseNetSpecification specification, int channels, TrainingNoise noise)
        : base(nameof(DenseLayer))
    {
        memoryEfficient = specification.MemoryEfficient;
        norm1 = BatchNorm2d(channels);
        register_module("norm1", norm1);
        if (specification.BottleneckFactor is { } factor)
        {
            var width = factor * specification.GrowthRate;
            conv1 = Conv2d(channels, width, kernel_size: 1, bias: false);
            norm2 = BatchNorm2d(width);
            conv2 = Conv2d(width, specification.GrowthRate, kernel_size: 3, padding: 1, bias: false);
            register_module("conv1", conv1);
            register_module("norm2", norm2);
            register_module("conv2", conv2);
        }
        else
        {
            conv1 = Conv2d(channels, specification.GrowthRate, kernel_size: 3, padding: 1, bias: false);
            register_module("conv1", conv1);
        }

        if (specification.Dropout > 0)
        {
            drop = new DropoutLayer(specification.Dropout, noise);
            register_module("drop", drop);
        }
    }

    public override Tensor forward(IReadOnlyList<Tensor> input)
    {
        using var scope = NewDisposeScope();
        var x = Drop(memoryEfficient && training
            ? Recomputed.Run(First, [norm1.weight, norm1.bias!, conv1.weight, .. input])
            : conv1.Apply(functional.relu(norm1.call(cat([.. input], 1)), inplace: true)));
        return (conv2 is null ? x : Drop(conv2.Apply(functional.relu(norm2!.call(x), inplace: true)))).MoveToOuterDisposeScope();
    }

    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var x = graph.Call(conv1, graph.Relu(graph.Call(norm1, input, prefix + "norm1")), prefix + "conv1");
        return conv2 is null ? x : graph.Call(conv2, graph.Relu(graph.Call(norm2!, x, prefix + "norm2")), prefix + "conv2");
    }

    private Tensor Drop(Tensor x) => drop is null ? x : drop.call(x);

    // The running statistics are those of the first call alone: the second one must not count the batch twice.
    private Tensor First(IReadOnlyList<Tensor> tensors, bool again)
    {
        using var scope = NewDisposeScope();
        var x = cat([.. tensors.Skip(3)], 1);
        x = again ? functional.batch_norm(x, null!, null!, tensors[0], tensors[1], training: true, eps: norm1.eps) : norm1.call(x);
        return functional.conv2d(functional.relu(x, inplace: true), tensors[2].to(x.dtype), padding: conv1.padding).MoveToOuterDisposeScope();
    }
}
