using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// What a training step takes of memory, estimated from one image's maps. Backward passes need what convolutions give and what norms
/// make of it; activations and additions mostly work in place.
/// </summary>
/// <param name="Fixed">Bytes whatever the batch: weights, gradients, the optimiser's state and copies of the weights.</param>
/// <param name="PerImage">Bytes for each image of a batch.</param>
internal sealed record StepMemory(long Fixed, long PerImage)
{
    // Weights, gradients, two moments of AdamW, the best epoch's copy, a moving average.
    private const int Copies = 6;

    // Gradients of the largest maps live beside the maps themselves.
    private const int Largest = 3;

    // The rest is for the images, the decoder, other programs, and what the estimate misses.
    private const double Share = 0.6;

    /// <summary>The estimate for a network and images of this size, by one pass of an image of zeros.</summary>
    public static StepMemory Of(ClassificationNetwork network, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (convolved, normalised, largest) = (0L, 0L, 0L);
        var hooks = network.modules().OfType<Module<Tensor, Tensor>>().Select(module => module.register_forward_hook(Count)).ToArray();
        var device = network.parameters().First().device;
        network.eval();
        try
        {
            network.call(zeros(1, network.Specification.InputChannels, height, width, device: device));
        }
        finally
        {
            Array.ForEach(hooks, hook => hook.remove());
        }

        var weights = network.parameters().Sum(parameter => parameter.numel());
        return new(Bytes(Copies * weights), Bytes((2 * Math.Max(convolved, normalised)) + (Largest * largest)));

        Tensor Count(Module<Tensor, Tensor> module, Tensor input, Tensor output)
        {
            var values = output.numel();
            convolved += module is Convolution ? values : 0;
            normalised += module is NormBase or TorchSharp.Modules.GroupNorm or TorchSharp.Modules.LayerNorm ? values : 0;
            largest = Math.Max(largest, values);
            return output;
        }

        static long Bytes(long values) => values * sizeof(float);
    }

    /// <summary>How many images fit at once into so much memory, at least 1.</summary>
    public int Images(long available) => (int)Math.Clamp(((Share * available) - Fixed) / Math.Max(PerImage, 1), 1, int.MaxValue);

    /// <summary>Memory that a run on this device may take, in bytes; null: nobody says.</summary>
    public static long? Available(Device device)
    {
        if (device.type != DeviceType.CPU)
        {
            return null;
        }

        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }
}
