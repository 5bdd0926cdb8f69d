using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A random change of training images, a whole batch at once. Implement it to add one's own.</summary>
public interface IAugmentation
{
    /// <summary>Returns the changed batch; the input stays as it is.</summary>
    /// <param name="pixels">N×C×H×W, uint8 or float32, 0..255, on any device. The caller owns it.</param>
    /// <param name="random">The only source of randomness; not for use after the call.</param>
    /// <returns>N×C×H'×W', uint8 or float32, 0..255, on the same device; the input itself if nothing changes.</returns>
    Tensor Apply(Tensor pixels, Random random);
}
