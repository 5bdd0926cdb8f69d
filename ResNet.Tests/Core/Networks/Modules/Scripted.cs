using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Networks.Modules;

/// <summary>A module of one linear layer whose forward a test writes; without ONNX.</summary>
internal sealed class Scripted : Module<Tensor, Tensor>
{
    private readonly Func<Tensor, TorchSharp.Modules.Linear, Tensor> steps;
    private readonly TorchSharp.Modules.Linear fc;

    public Scripted(int inputs, int classes, Func<Tensor, TorchSharp.Modules.Linear, Tensor>? steps = null)
        : base(nameof(Scripted))
    {
        fc = Linear(inputs, classes);
        this.steps = steps ?? ((x, linear) => linear.call(x.flatten(1)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => steps(input, fc);
}
