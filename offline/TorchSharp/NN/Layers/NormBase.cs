using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Statistics and affine parameters per channel.</summary>
public abstract class NormBase : Module<Tensor, Tensor>
{
    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
        if (affine)
        {
            weight = Parameter(ones([num_features], dtype, device));
            bias = Parameter(zeros([num_features], dtype, device));
        }
        if (track_running_stats)
        {
            running_mean = zeros([num_features], dtype, device);
            running_var = ones([num_features], dtype, device);
            num_batches_tracked = tensor(0L, dtype ?? ScalarType.Int64, device);
        }
    }

    public long num_features { get; private set; }
    public double eps { get; set; }
    public double? momentum { get; set; }
    public bool affine { get; private set; }
    public bool track_running_stats { get; private set; }

    public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public Tensor? running_mean { get => OwnBuffer(nameof(running_mean)); set => SetBuffer(nameof(running_mean), value); }
    public Tensor? running_var { get => OwnBuffer(nameof(running_var)); set => SetBuffer(nameof(running_var), value); }
    public Tensor? num_batches_tracked { get => OwnBuffer(nameof(num_batches_tracked)); set => SetBuffer(nameof(num_batches_tracked), value); }

    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        init.zeros_(running_mean!);
        init.ones_(running_var!);
        init.zeros_(num_batches_tracked!);
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        init.ones_(weight);
        init.zeros_(bias!);
    }

    protected abstract void ValidateInputDimensions(Tensor input);

    private protected static void ExpectDimensions(Tensor input, params ReadOnlySpan<long> allowed)
    {
        if (!allowed.Contains(input.dim()))
            throw new ArgumentException($"expected {string.Join("D or ", allowed.ToArray())}D input, but got {input.dim()}D input.");
    }
}
