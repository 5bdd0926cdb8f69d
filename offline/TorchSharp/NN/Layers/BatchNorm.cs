using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Batch normalisation (Ioffe &amp; Szegedy 2015); a null momentum means the cumulative average.</summary>
public abstract class BatchNorm : NormBase
{
    public BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var average = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } count)
        {
            Op.Void("add_", "Scalar", count, 1L, 1L);
            average = momentum ?? 1.0 / count.ToDouble();
        }
        var (mean, variance) = !training || track_running_stats ? (running_mean, running_var) : (null, null);
        var byBatch = training || (running_mean is null && running_var is null);
        return functional.batch_norm(input, mean, variance, weight, bias, byBatch, average, eps);
    }
}

/// <summary>N×C or N×C×L.</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
    {
    }

    protected override void ValidateInputDimensions(Tensor input) => ExpectDimensions(input, 2, 3);
}

/// <summary>N×C×H×W. Its name is that of the one-dimensional one, as in the package.</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
    {
    }

    protected override void ValidateInputDimensions(Tensor input) => ExpectDimensions(input, 4);
}

/// <summary>N×C×D×H×W.</summary>
public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
    {
    }

    protected override void ValidateInputDimensions(Tensor input) => ExpectDimensions(input, 5);
}
