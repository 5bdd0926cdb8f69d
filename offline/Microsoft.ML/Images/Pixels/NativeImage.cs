using System.Runtime.InteropServices;

namespace Microsoft.ML.Data;

/// <summary>The native side: decoding, encoding, resampling of pixels in blue, green, red, alpha order.</summary>
internal static unsafe partial class NativeImage
{
    private const string Library = "offline_image";

    /// <summary>1: opaque, 0: some pixels are not, -1: cannot be decoded.</summary>
    [LibraryImport(Library, EntryPoint = "oi_decode")]
    public static partial int Decode(byte* file, long length, int alpha, int width, int height, byte* pixels);

    [LibraryImport(Library, EntryPoint = "oi_encode", StringMarshalling = StringMarshalling.Utf8)]
    private static partial long Encode(byte* pixels, int width, int height, int opaque, string extension, int quality, byte** file);

    [LibraryImport(Library, EntryPoint = "oi_draw_scaled")]
    public static partial int DrawScaled(byte* pixels, int width, int height, int scaledWidth, int scaledHeight, int left, int top,
        byte* target, int targetWidth, int targetHeight);

    /// <summary>The bytes of an image file, or null where the format cannot be written.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, bool opaque, string extension, int quality)
    {
        byte* file = null;
        try
        {
            fixed (byte* start = pixels)
            {
                long length = Encode(start, width, height, opaque ? 1 : 0, extension, quality, &file);
                return length < 0 ? null : new ReadOnlySpan<byte>(file, checked((int)length)).ToArray();
            }
        }
        finally
        {
            NativeMemory.Free(file);
        }
    }
}
