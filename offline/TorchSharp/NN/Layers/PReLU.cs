using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>A rectifier with a learned slope below zero (He et al. 2015).</summary>
public sealed class PReLU : Module<Tensor, Tensor>
{
    internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
    {
        (this.num_parameters, this.init) = (num_parameters, init);
        weight = Parameter(full([num_parameters], init, dtype ?? get_default_dtype(), device));
    }

    public long num_parameters { get; private set; }
    public double init { get; private set; }

    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public override Tensor forward(Tensor tensor) => functional.prelu(tensor, weight);
}
