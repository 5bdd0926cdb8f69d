using System.Runtime.InteropServices;

namespace Microsoft.ML.Data;

public sealed partial class MLImage
{
    /// <summary>The pixels in an order of channels, colours divided by alpha; the image's own where nothing changes.</summary>
    internal ReadOnlySpan<byte> Straight(MLPixelFormat format)
    {
        var pixels = Ordered(format);
        if (IsOpaque) return pixels;
        byte[] copy = null;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            if (alpha == 255) continue;
            copy ??= pixels.ToArray();
            for (int c = i; c < i + 3; c++) copy[c] = (byte)(alpha == 0 ? 0 : Math.Min(255, (255 * pixels[c] + alpha / 2) / alpha));
        }
        return copy ?? pixels;
    }

    /// <summary>The pixels in an order of channels; the image's own where that is theirs.</summary>
    internal ReadOnlySpan<byte> Ordered(MLPixelFormat format)
    {
        var pixels = Pixels;
        if (_format == format) return pixels;
        var swapped = GC.AllocateUninitializedArray<byte>(pixels.Length);
        var to = MemoryMarshal.Cast<byte, uint>(swapped.AsSpan());
        var from = MemoryMarshal.Cast<byte, uint>(pixels);
        for (int i = 0; i < to.Length; i++) to[i] = from[i] & 0xFF00FF00 | from[i] >> 16 & 0xFF | (from[i] & 0xFF) << 16;
        return swapped;
    }

    /// <summary>The grey image of the same size: 0.3 red + 0.59 green + 0.11 blue on opaque black.</summary>
    internal MLImage ToGrayscale()
    {
        var from = MemoryMarshal.Cast<byte, uint>(Ordered(MLPixelFormat.Bgra32));
        var gray = Rent(_width, _height);
        var to = MemoryMarshal.Cast<byte, uint>(gray.AsSpan());
        for (int i = 0; i < from.Length; i++)
        {
            uint pixel = from[i];
            float sum = 0.11f * (byte)pixel + 0.59f * (byte)(pixel >> 8) + 0.3f * (byte)(pixel >> 16);
            to[i] = 0xFF000000 | 0x010101 * (uint)(sum + 0.5f);
        }
        return new MLImage(gray, _width, _height, MLPixelFormat.Bgra32, opaque: true);
    }

    /// <summary>Stretched to the size, each pixel that of the nearest source pixel's centre.</summary>
    internal MLImage Stretched(int width, int height)
    {
        var from = MemoryMarshal.Cast<byte, uint>(Pixels);
        var pixels = Rent(width, height);
        var to = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        var columns = new int[width];
        for (int x = 0; x < width; x++) columns[x] = Nearest(x, width, _width);
        for (int y = 0; y < height; y++)
        {
            var row = from.Slice(Nearest(y, height, _height) * _width, _width);
            var line = to.Slice(y * width, width);
            for (int x = 0; x < line.Length; x++) line[x] = row[columns[x]];
        }
        return new MLImage(pixels, width, height, _format, IsOpaque);

        // The source pixel under the centre of pixel i, (i + 1/2) * source / target; on an edge between two, the first.
        static int Nearest(int i, int target, int source) => (int)(((2L * i + 1) * source - 1) / (2L * target));
    }

    /// <summary>Drawn with smoothing, scaled to a size and placed at a corner, on a black opaque canvas.</summary>
    internal unsafe MLImage Drawn(int scaledWidth, int scaledHeight, int left, int top, int width, int height)
    {
        var canvas = Rent(width, height);
        canvas.AsSpan(0, 4 * width * height).Clear();
        fixed (byte* from = Ordered(MLPixelFormat.Bgra32), to = canvas)
            if (NativeImage.DrawScaled(from, _width, _height, scaledWidth, scaledHeight, left, top, to, width, height) < 0)
                throw new InvalidOperationException("Couldn't resize the image");
        return new MLImage(canvas, width, height, MLPixelFormat.Bgra32, opaque: true);
    }
}
