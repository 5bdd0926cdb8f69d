namespace Microsoft.ML.Data;

internal static class ImageDecoder
{
    /// <summary>The pixels of an image file in blue, green, red, alpha order, in a rented array; null for what is no image or is damaged.</summary>
    public static unsafe byte[] Decode(ReadOnlySpan<byte> file, out int width, out int height, out bool opaque)
    {
        var header = ImageHeader.Read(file);
        (_, width, height) = header;
        opaque = false;
        if (!header.IsValid) return null;
        file = header.Format switch
        {
            ImageFormat.Png => PngFile.Prepare(file),
            ImageFormat.Bmp => BmpFile.Prepare(file, header),
            // Every 8 by 8 block of a JPEG image takes a bit or more: with less, its header lies.
            ImageFormat.Jpeg when (long)width * height > 1024L * file.Length => [],
            _ => file,
        };
        if (file.IsEmpty) return null;
        var pixels = MLImage.Rent(width, height);
        fixed (byte* from = file, to = pixels)
        {
            bool alpha = header.Format is ImageFormat.Png or ImageFormat.WebP;
            int result = NativeImage.Decode(from, file.Length, alpha ? 1 : 0, width, height, to);
            opaque = result == 1;
            return result < 0 ? null : pixels;
        }
    }
}
