using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Transforms.Image;

using ColumnOptions = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColumnOptions;

namespace Microsoft.ML.Data;
/// <summary>Copies an image's colours out of their 4-byte pixels.</summary>
internal static class PixelPlanes
{
    public delegate void Extract<T>(MLImage image, ColumnOptions options, Span<T> to);

    public static void Floats(MLImage image, ColumnOptions options, Span<float> to)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(image.Pixels);
        int[] bytes = ColorOrder.BytesOf(options.Colors, options.Order, image.PixelFormat);
        for (int plane = 0; plane < bytes.Length; plane++)
        {
            if (!options.Interleave) Plane(pixels, 8 * bytes[plane], options.Offset, options.Scale, to.Slice(plane * pixels.Length, pixels.Length));
            else
                for (int i = 0, at = plane; i < pixels.Length; i++, at += bytes.Length)
                    to[at] = ((byte)(pixels[i] >> 8 * bytes[plane]) - options.Offset) * options.Scale;
        }
    }

    private static void Plane(ReadOnlySpan<uint> pixels, int shift, float offset, float scale, Span<float> to)
    {
        int i = 0;
        var low = new Vector<uint>(0xFF);
        var offsets = new Vector<float>(offset);
        for (; i <= pixels.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var color = Vector.AsVectorInt32(Vector.ShiftRightLogical(new Vector<uint>(pixels[i..]), shift) & low);
            ((Vector.ConvertToSingle(color) - offsets) * scale).CopyTo(to[i..]);
        }
        for (; i < pixels.Length; i++) to[i] = ((byte)(pixels[i] >> shift) - offset) * scale;
    }

    public static void Bytes(MLImage image, ColumnOptions options, Span<byte> to)
    {
        var pixels = image.Pixels;
        int[] bytes = ColorOrder.BytesOf(options.Colors, options.Order, image.PixelFormat);
        int count = pixels.Length / 4, step = options.Interleave ? bytes.Length : 1;
        for (int plane = 0; plane < bytes.Length; plane++)
            for (int i = bytes[plane], at = options.Interleave ? plane : plane * count; i < pixels.Length; i += 4, at += step)
                to[at] = pixels[i];
    }
}
