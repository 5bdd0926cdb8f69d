using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel of each sample (Ulyanov et al. 2016).</summary>
public abstract class InstanceNorm : NormBase
{
    public InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>The dimensions of one sample, channels included.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var channel = input.dim() - GetNumberOfBatchDimensions();
        if (input.shape[channel] != num_features)
            throw new ArgumentException($"expected input's size at dim={channel} to match num_features ({num_features}), but got: {input.shape[channel]}.");
        if (channel != 0) return Normalize(input);
        using var batch = Op.T("unsqueeze", "", input, 0L);
        using var normalized = Normalize(batch);
        return Op.T("squeeze", "dim", normalized, 0L);
    }

    private Tensor Normalize(Tensor input) =>
        functional.instance_norm(input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
}

/// <summary>N×C×L or C×L.</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
    {
    }

    protected override long GetNumberOfBatchDimensions() => 2;

    protected override void ValidateInputDimensions(Tensor input) => ExpectDimensions(input, 2, 3);
}

/// <summary>N×C×H×W or C×H×W. Its name is that of the one-dimensional one, as in the package.</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
    {
    }

    protected override long GetNumberOfBatchDimensions() => 3;

    protected override void ValidateInputDimensions(Tensor input) => ExpectDimensions(input, 3, 4);
}
