using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>The type that a run's training steps compute maps in.</summary>
internal static class PrecisionChoice
{
    // Enough for the kernels' own speed to show, and little next to an epoch.
    private const int Images = 16, Repetitions = 3;

    private const double WorthIt = 1.1;

    /// <summary>As the options say; where they leave it to the clock, the network is in training mode meanwhile and left as it was.</summary>
    /// <param name="network">The network, on its device, with the layers frozen that the run freezes.</param>
    /// <param name="precision">What is asked for.</param>
    /// <param name="data">Images to try.</param>
    /// <exception cref="ArgumentException">The network cannot be trained so.</exception>
    public static ScalarType Of(ClassificationNetwork network, Precision precision, TrainingData data)
    {
        if (precision == Precision.Float32 || (precision == Precision.Fastest && !network.TrainsInBFloat16))
        {
            return ScalarType.Float32;
        }

        if (!network.TrainsInBFloat16)
        {
            throw new ArgumentException($"{network.Specification.Name} cannot be trained in bfloat16; set Precision to Float32.", nameof(precision));
        }

        if (precision == Precision.BFloat16)
        {
            return ScalarType.BFloat16;
        }

        using var batch = data.Load(0, null);
        return Fastest(network, batch.Pixels);
    }

    private static ScalarType Fastest(ClassificationNetwork network, Tensor images)
    {
        using var part = images.narrow(0, 0, Math.Min(Images, images.shape[0]));
        using var weights = new WeightSnapshot(network);
        try
        {
            var (single, half) = (Time(network, part, ScalarType.Float32), Time(network, part, ScalarType.BFloat16));
            return single > WorthIt * half ? ScalarType.BFloat16 : ScalarType.Float32;
        }
        finally
        {
            weights.Restore();
            network.zero_grad();
        }
    }

    // The first step is slower than all others: kernels are chosen and memory is fetched.
    private static TimeSpan Time(ClassificationNetwork network, Tensor images, ScalarType type) =>
        Enumerable.Range(0, Repetitions + 1).Select(_ => Step(network, images, type)).Skip(1).Min();

    private static TimeSpan Step(ClassificationNetwork network, Tensor images, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        using var maps = network.ComputeMapsIn(type);
        var clock = Stopwatch.StartNew();
        network.zero_grad();
        network.call(images).mean().backward();
        if (images.device_type == DeviceType.CUDA)
        {
            cuda.synchronize(images.device);
        }

        return clock.Elapsed;
    }
}
