using System.Numerics;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Batch sizes by the number of images and by the memory.</summary>
internal static class AutomaticBatchSize
{
    private const int Smallest = 8, Largest = 128, StepsAnEpoch = 16;

    /// <summary>The options with numbers in place of what they leave open.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="network">The network, on the device.</param>
    /// <param name="train">The images to learn from.</param>
    /// <param name="device">Where the run takes place.</param>
    public static TrainingOptions Resolve(TrainingOptions options, ClassificationNetwork network, IImageDataset train, Device device)
    {
        if (options.BatchSize == TrainingOptions.AutomaticBatchSize)
        {
            options = options with { BatchSize = For(train.Count) };
        }

        if (options.MicroBatchSize is null && StepMemory.Available(device) is { } available)
        {
            var fits = StepMemory.Of(network, train.Height, train.Width).Images(available);
            // Batch norm needs two images.
            return fits < options.BatchSize ? options with { MicroBatchSize = Math.Max(fits, Math.Min(2, options.BatchSize)) } : options;
        }

        return options;
    }

    /// <summary>The largest power of two from 8 to 128 with at least 16 steps an epoch.</summary>
    public static int For(int images) =>
        (int)Math.Clamp(1u << BitOperations.Log2((uint)Math.Max(images / StepsAnEpoch, 1)), Smallest, Largest);
}
