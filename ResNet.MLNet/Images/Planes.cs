using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>Pixels of four bytes as red, green and blue planes of values 0..255.</summary>
internal static class Planes
{
    /// <param name="pixels">Height×width×4 bytes.</param>
    /// <param name="format">In which order the colours lie.</param>
    /// <param name="planes">Receives 3×height×width values.</param>
    /// <returns>false: the format is another one than Bgra32 and Rgba32.</returns>
    public static bool TryCopy(ReadOnlySpan<byte> pixels, MLPixelFormat format, Span<float> planes)
    {
        if (format is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32)) return false;
        var (red, blue) = format == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        var plane = planes.Length / 3;
        for (var i = 0; i < plane; i++)
        {
            planes[i] = pixels[4 * i + red];
            planes[plane + i] = pixels[4 * i + 1];
            planes[2 * plane + i] = pixels[4 * i + blue];
        }
        return true;
    }
}
