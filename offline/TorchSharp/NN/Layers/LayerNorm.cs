using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises over the last dimensions.</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype) : base(nameof(LayerNorm))
    {
        (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
        if (!elementwise_affine) return;
        weight = Parameter(ones(normalized_shape, dtype, device));
        if (bias) this.bias = Parameter(zeros(normalized_shape, dtype, device));
    }

    public long[] normalized_shape { get; set; }
    public double eps { get; set; }
    public bool elementwise_affine { get; set; }

    public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public void reset_parameters()
    {
        if (!elementwise_affine) return;
        init.ones_(weight);
        if (bias is { } b) init.zeros_(b);
    }

    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}

/// <summary>Normalises groups of channels (Wu &amp; He 2018).</summary>
public sealed class GroupNorm : Module<Tensor, Tensor>
{
    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
    {
        (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
        if (!affine) return;
        weight = Parameter(ones([num_channels], dtype, device));
        bias = Parameter(zeros([num_channels], dtype, device));
    }

    public long num_groups { get; set; }
    public double eps { get; set; }
    public bool affine { get; set; }

    public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public override Tensor forward(Tensor tensor)
    {
        if (tensor.dim() < 3) throw new ArgumentException($"Invalid number of dimensions for GroupNorm argument: {tensor.dim()}");
        return functional.group_norm(tensor, num_groups, weight, bias, eps);
    }
}
