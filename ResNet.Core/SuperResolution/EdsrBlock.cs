using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>EDSR's residual block: x + scaling · conv(relu(conv(x))); no batch norm, and no ReLU after the addition.</summary>
internal sealed class EdsrBlock : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly Sequential body;
    private readonly double scaling;

    public EdsrBlock(int channels, double scaling)
        : base(nameof(EdsrBlock))
    {
        this.scaling = scaling;
        body = Sequential(Conv2d(channels, channels, kernel_size: 3, padding: 1), ReLU(inplace: true), Conv2d(channels, channels, kernel_size: 3, padding: 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var residual = body.call(input);
        return (scaling == 1 ? residual : residual * scaling).add_(input).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var residual = graph.Call(body, input, prefix + "body");
        return graph.Add(scaling == 1 ? residual : graph.Mul(residual, (float)scaling), input);
    }
}
