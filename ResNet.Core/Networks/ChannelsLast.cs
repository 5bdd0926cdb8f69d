using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// The memory layout N×H×W×C under the shape N×C×H×W. On the CPU, oneDNN's convolutions are faster on it, and every
/// operator of these networks keeps it, so it is set once, on the input. Weights stay as they are: their layout shows in files.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same values and shape; a new layout on the CPU, the input itself elsewhere.</summary>
    public static Tensor On(Tensor input) =>
        input.device_type == DeviceType.CPU ? input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : input;
}
