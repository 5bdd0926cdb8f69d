using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A convolutional highway network (Srivastava et al. 2015), without batch norm, as the paper has it.
/// <see cref="HighwaySpecification"/> says which.
/// </summary>
/// <inheritdoc cref="ClassificationNetwork" path="/remarks"/>
public sealed class HighwayNetwork : ClassificationNetwork
{
    private readonly Sequential features;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights: convolutions He-normal (fan in), their biases 0, the gates' biases GateBias.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">As for <see cref="NetworkSpecification.Create"/>.</param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public HighwayNetwork(HighwaySpecification specification, Device? device = null, int? seed = null)
        : base(nameof(HighwayNetwork), seed)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);
        features = Sequential(Layers(Specification));
        fc = Linear(Specification.Features, Specification.Classes);
        register_module("features", features);
        register_module("fc", fc);
        foreach (var convolution in InOrder(this).OfType<Conv2d>())
        {
            init.kaiming_normal_(convolution.weight);
            init.zeros_(convolution.bias!);
        }

        foreach (var layer in InOrder(this).OfType<HighwayLayer>())
        {
            layer.SetGateBias(Specification.GateBias);
        }

        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <inheritdoc/>
    public override HighwaySpecification Specification { get; }

    private protected override Linear Classifier => fc;

    private protected override Tensor Extract(Tensor x, DisposeScope scope)
    {
        foreach (var (_, layer) in features.named_children())
        {
            x = scope.DisposeEverythingBut(((Module<Tensor, Tensor>)layer).Apply(x));
        }

        return x;
    }

    private protected override string Export(OnnxGraph graph, string x, string prefix) => graph.Call(features, x, prefix + "features");

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Layers(HighwaySpecification specification)
    {
        var channels = specification.InputChannels;
        for (var stage = 0; stage < specification.Stages.Length; stage++)
        {
            if (stage > 0)
            {
                yield return ($"pool{stage}", MaxPool2d(kernel_size: 2, stride: 2));
            }

            var width = specification.Widths[stage];
            yield return ($"conv{stage}", Conv2d(channels, width, kernel_size: 3, padding: 1));
            yield return ($"relu{stage}", ReLU(inplace: true));
            for (var i = 0; i < specification.Stages[stage]; i++)
            {
                var transform = Sequential(("conv", Conv2d(width, width, kernel_size: 3, padding: 1)), ("relu", ReLU()));
                yield return ($"layer{stage}_{i}", new HighwayLayer(transform, specification.Gate, width));
            }

            channels = width;
        }
    }
}

/// <summary>y = H(x)·T(x) + x·C(x), with the gates T and C that <see cref="HighwayGate"/> names.</summary>
internal sealed class HighwayLayer : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly Module<Tensor, Tensor> transform;
    private readonly Conv2d? gate;

    /// <param name="transform">H; it keeps the shape. It becomes part of this layer.</param>
    /// <param name="kind">Which gates.</param>
    /// <param name="channels">Channels of input and output.</param>
    public HighwayLayer(Module<Tensor, Tensor> transform, HighwayGate kind, int channels)
        : base(nameof(HighwayLayer))
    {
        this.transform = transform;
        register_module("transform", transform);
        if (kind == HighwayGate.Learned)
        {
            gate = Conv2d(channels, channels, kernel_size: 3, padding: 1);
            register_module("gate", gate);
        }
    }

    public void SetGateBias(double bias)
    {
        if (gate is not null)
        {
            init.constant_(gate.bias!, bias);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var transformed = transform.Apply(input);
        if (gate is null)
        {
            return (transformed + input).MoveToOuterDisposeScope();
        }

        // H·T + x·(1 − T), with one product less.
        var t = gate.Apply(input).sigmoid();
        return ((transformed - input) * t + input).MoveToOuterDisposeScope();
    }

    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var transformed = graph.Call(transform, input, prefix + "transform");
        return gate is null
            ? graph.Add(transformed, input)
            : graph.Add(graph.Mul(graph.Sub(transformed, input), graph.Sigmoid(graph.Call(gate, input, prefix + "gate"))), input);
    }
}
