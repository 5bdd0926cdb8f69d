using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Pixels as bytes, for augmentations that are defined on these.</summary>
internal static class Bytes
{
    /// <summary>Values 0..255 of any type, rounded; the tensor itself where they are bytes.</summary>
    public static Tensor Of(Tensor pixels) =>
        pixels.dtype == ScalarType.Byte ? pixels : pixels.round().clamp(0, 255).to(ScalarType.Byte);
}
