using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A network with one residual stage of continuous depth (Chen et al. 2018, section 3, the ODE-Net). Names of its function's parts
/// are those of the authors' code. <see cref="OdeNetSpecification"/> says which.
/// </summary>
/// <inheritdoc cref="ClassificationNetwork" path="/remarks"/>
public sealed class OdeNetwork : ClassificationNetwork
{
    private readonly Sequential downsampling;
    private readonly OdeStage stage;
    private readonly GroupNorm norm;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights, as torch's layers draw them.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">As for <see cref="NetworkSpecification.Create"/>.</param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public OdeNetwork(OdeNetSpecification specification, Device? device = null, int? seed = null)
        : base(nameof(OdeNetwork), seed)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);
        var width = Specification.Width;
        downsampling = Sequential(
            Conv2d(Specification.InputChannels, width, kernel_size: 3, padding: 1),
            Norm(width), ReLU(inplace: true),
            Conv2d(width, width, kernel_size: 4, stride: 2, padding: 1),
            Norm(width), ReLU(inplace: true),
            Conv2d(width, width, kernel_size: 4, stride: 2, padding: 1));
        stage = new OdeStage(Specification);
        norm = Norm(width);
        fc = Linear(width, Specification.Classes);
        register_module("downsampling", downsampling);
        register_module("stage", stage);
        register_module("norm", norm);
        register_module("fc", fc);
        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <inheritdoc/>
    public override OdeNetSpecification Specification { get; }

    private protected override Linear Classifier => fc;

    /// <summary>Its solver's tolerance is finer than bfloat16's eight bits.</summary>
    internal override bool TrainsInBFloat16 => false;

    /// <summary>A norm of up to 32 groups, each of at least two channels.</summary>
    internal static GroupNorm Norm(int channels) =>
        GroupNorm(Enumerable.Range(1, Math.Clamp(channels / 2, 1, 32)).Last(groups => channels % groups == 0), channels);

    private protected override Tensor Extract(Tensor x, DisposeScope scope)
    {
        x = scope.DisposeEverythingBut(downsampling.call(x));
        x = scope.DisposeEverythingBut(stage.call(x));
        return functional.relu(norm.call(x), inplace: true);
    }

    private protected override string Export(OnnxGraph graph, string x, string prefix)
    {
        x = graph.Call(stage, graph.Call(downsampling, x, prefix + "downsampling"), prefix + "stage");
        return graph.Relu(graph.Call(norm, x, prefix + "norm"));
    }
}

/// <summary>The stage: the solution of dx/dt = f(t, x) at EndTime for the input at time 0.</summary>
internal sealed class OdeStage : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly OdeNetSpecification specification;
    private readonly OdeFunction f;

    public OdeStage(OdeNetSpecification specification)
        : base(nameof(OdeStage))
    {
        this.specification = specification;
        f = new OdeFunction(specification.Width);
        register_module("f", f);
    }

    public override Tensor forward(Tensor input)
    {
        var (solver, end) = (specification.Solver, specification.EndTime);
        return specification.Adjoint && is_grad_enabled()
            ? OdeAdjoint.Solve(solver, f.At, input, end, [.. f.parameters()])
            : solver.Solve(f.At, input, 0, end);
    }

    public string Export(OnnxGraph graph, string input, string prefix) =>
        new OdeExport(graph, specification, (t, x) => f.ExportAt(graph, t, x, prefix + "f.")).Solve(input);
}

/// <summary>f(t, x): norm, ReLU, convolution, norm, ReLU, convolution, norm; the convolutions see the time as one more channel.</summary>
internal sealed class OdeFunction : Module
{
    private readonly GroupNorm norm1, norm2, norm3;
    private readonly Conv2d conv1, conv2;

    public OdeFunction(int width)
        : base(nameof(OdeFunction))
    {
        (norm1, norm2, norm3) = (OdeNetwork.Norm(width), OdeNetwork.Norm(width), OdeNetwork.Norm(width));
        conv1 = Conv2d(width + 1, width, kernel_size: 3, padding: 1);
        conv2 = Conv2d(width + 1, width, kernel_size: 3, padding: 1);
        register_module("norm1", norm1);
        register_module("conv1", conv1);
        register_module("norm2", norm2);
        register_module("conv2", conv2);
        register_module("norm3", norm3);
    }

    public Tensor At(double t, Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = conv1.call(WithTime(functional.relu(norm1.call(x), inplace: true)));
        y = conv2.call(WithTime(functional.relu(norm2.call(y), inplace: true)));
        return norm3.call(y).MoveToOuterDisposeScope();

        Tensor WithTime(Tensor x) => cat([full_like(x.narrow(1, 0, 1), t), x], 1);
    }

    /// <summary>The same in ONNX's operators; t and x are names of values, t a float32 scalar.</summary>
    public string ExportAt(OnnxGraph graph, string t, string x, string prefix)
    {
        var y = graph.Call(conv1, WithTime(graph.Relu(graph.Call(norm1, x, prefix + "norm1"))), prefix + "conv1");
        y = graph.Call(conv2, WithTime(graph.Relu(graph.Call(norm2, y, prefix + "norm2"))), prefix + "conv2");
        return graph.Call(norm3, y, prefix + "norm3");

        string WithTime(string x)
        {
            var channel = graph.Node("Slice", [x, graph.Constant(0L), graph.Constant(1L), graph.Constant(1L)]);
            return graph.Concat([graph.Add(graph.Mul(channel, 0), t), x]);
        }
    }
}
