using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Segments images of bytes with a <see cref="UNet"/>.</summary>
public static class Segmenting
{
    /// <summary>
    /// The likeliest class of every pixel. The border is repeated to the right and below up to the network's stride. Thread-safe
    /// as long as nothing changes the network.
    /// </summary>
    /// <param name="network">The network, in eval mode.</param>
    /// <param name="pixels">The image, height×width×channels.</param>
    /// <param name="width">Its width, from 1.</param>
    /// <param name="height">Its height, from 1.</param>
    /// <returns>The class of each pixel, height×width.</returns>
    /// <exception cref="ArgumentException">The span has another length than the sizes say.</exception>
    /// <exception cref="InvalidOperationException">The network is in train mode, where its batch norms would follow this one image.</exception>
    public static byte[] Segment(this UNet network, ReadOnlySpan<byte> pixels, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.training)
        {
            throw new InvalidOperationException("The network is in train mode; call network.eval() first.");
        }

        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var image = HwcBytes.ToTensor(pixels, width, height, network.InputChannels).to(network.parameters().First().device).to(ScalarType.Float32);
        var padded = functional.pad(image, [0, Missing(width), 0, Missing(height)], PaddingModes.Replicate);
        var classes = network.call(padded).narrow(2, 0, height).narrow(3, 0, width).argmax(1);
        return classes.to(ScalarType.Byte).cpu().contiguous().bytes.ToArray();

        long Missing(int side) => (network.Specification.Stride - (side % network.Specification.Stride)) % network.Specification.Stride;
    }
}
