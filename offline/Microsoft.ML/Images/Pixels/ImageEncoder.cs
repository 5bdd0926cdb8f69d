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

    public static void Save(string imagePath, ReadOnlySpan<byte> bgra, int width, int height, bool opaque)
    {
        string extension = Path.GetExtension(imagePath);
        if (!Extensions.TryGetValue(extension, out string format))
            throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath));
        byte[] file = format == null ? null : NativeImage.Encode(bgra, width, height, opaque || format == ".jpg", format, quality: 100);
        if (file == null)
            throw new ArgumentException($"Saving image with the format '{extension}' is not supported. Try save it with `Jpeg`, `Png`, or `Webp` format.", nameof(imagePath));
        File.WriteAllBytes(imagePath, file);
    }
}
