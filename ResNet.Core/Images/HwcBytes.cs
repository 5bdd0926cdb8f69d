using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Images of bytes, height×width×channels, to tensors and back.</summary>
internal static class HwcBytes
{
    /// <summary>1×C×H×W, uint8, on the CPU; the caller owns it.</summary>
    /// <exception cref="ArgumentException">The span has another length than the sizes say.</exception>
    public static Tensor ToTensor(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{width}×{height} pixels of {channels} channels are {(long)width * height * channels} bytes (and at least one pixel), but {pixels.Length} are given.", nameof(pixels));
        }

        using var scope = NewDisposeScope();
        return tensor(pixels.ToArray()).view(1, height, width, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Writes values about 0..255, 1×C×H×W, rounded and cut, into a larger image of <paramref name="stride"/> pixels a row.</summary>
    public static void Write(Tensor values, Span<byte> image, int stride, int left, int top)
    {
        using var scope = NewDisposeScope();
        var bytes = values.clamp(0, 255).round().to(ScalarType.Byte).cpu().permute(0, 2, 3, 1).contiguous();
        var (height, length, channels) = ((int)bytes.shape[1], (int)(bytes.shape[2] * bytes.shape[3]), (int)bytes.shape[3]);
        for (var y = 0; y < height; y++)
        {
            bytes.bytes.Slice(y * length, length).CopyTo(image[((((top + y) * stride) + left) * channels)..]);
        }
    }
}
