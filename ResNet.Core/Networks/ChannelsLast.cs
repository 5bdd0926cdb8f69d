using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// The memory layout N×H×W×C under the shape N×C×H×W. On the CPU, oneDNN's convolutions are faster on it, and every
/// operator of these networks keeps it, so it is set once, on the input.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same values and shape; a new layout on the CPU, the input itself elsewhere.</summary>
    public static Tensor On(Tensor input) =>
        input.device_type == DeviceType.CPU ? input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : input;

    /// <summary>
    /// Lays out a network's convolution weights so, until the result is disposed of: the backward pass gains from it. The
    /// parameters stay the same objects. Not for good, since the layout would show in files.
    /// </summary>
    public static IDisposable Weights(ClassificationNetwork network)
    {
        var weights = !network.IsChannelsLast ? [] : network.modules().OfType<Conv2d>().Select(convolution => convolution.weight).ToArray();
        Relay(weights, On);
        return new Undo(() => Relay(weights, weight => weight.contiguous()));
    }

    private static void Relay(IEnumerable<Tensor> weights, Func<Tensor, Tensor> layout)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var weight in weights)
        {
            weight.set_(layout(weight));
        }
    }
}
