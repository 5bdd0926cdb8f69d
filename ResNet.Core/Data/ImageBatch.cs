using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A batch of images and their labels; owns both tensors.</summary>
/// <param name="pixels">N×C×H×W, uint8 or float32, values 0..255.</param>
/// <param name="labels">N class indices (int64), or N×Classes shares (float32).</param>
public sealed class ImageBatch(Tensor pixels, Tensor labels) : IDisposable
{
    /// <summary>N×C×H×W, uint8 or float32, values 0..255. Owned by this batch.</summary>
    public Tensor Pixels { get; } = pixels;

    /// <summary>N class indices (int64), or, where an image may have several classes, N×Classes shares (float32). Owned by this batch.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>Disposes of both tensors.</summary>
    public void Dispose()
    {
        Pixels.Dispose();
        Labels.Dispose();
    }
}
