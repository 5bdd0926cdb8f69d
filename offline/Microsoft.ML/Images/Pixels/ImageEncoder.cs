namespace Microsoft.ML.Data;

internal static class ImageEncoder
{
    /// <summary>File name extensions of known formats, and what is written for them; null: known, but not written.</summary>
    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = ".png",
        [".jpg"] = ".jpg",
        [".jpeg"] = ".jpg",
        [".webp"] = ".webp",
        [".bmp"] = null,
        [".gif"] = null,
        [".ico"] = null,
        [".astc"] = null,
        [".avif"] = null,
        [".dng"] = null,
        [".heif"] = null,
        [".ktx"] = null,
        [".pkm"] = null,
        [".wbmp"] = null,
    };

    /// <summary>Writes pixels in blue, green, red, alpha order, in the format that the file's name asks for.</summary>
    public static void Save(string imagePath, MLImage image)
    {
        string extension = Path.GetExtension(imagePath);
        if (!Extensions.TryGetValue(extension, out string format))
            throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath));
        byte[] file = format == null ? null : Encode(image, format);
        if (file == null)
            throw new ArgumentException($"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg`, `Png`, or `Webp` format.", nameof(imagePath));
        File.WriteAllBytes(imagePath, file);
    }

    /// <summary>JPEG has no alpha: the colours as they lie in memory, on black. The others hold colours not multiplied by alpha.</summary>
    private static byte[] Encode(MLImage image, string format) => format == ".jpg"
        ? NativeImage.Encode(image.Ordered(MLPixelFormat.Bgra32), image.Width, image.Height, opaque: true, format, quality: 100)
        : NativeImage.Encode(image.Straight(MLPixelFormat.Bgra32), image.Width, image.Height, image.IsOpaque, format, quality: 100);
}
