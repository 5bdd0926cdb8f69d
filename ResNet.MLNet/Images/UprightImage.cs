using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace ResNet.MLNet;

/// <summary>Decodes image files as cameras meant them: turned by the EXIF orientation, which ML.NET's <c>LoadImages</c> ignores.</summary>
public static class UprightImage
{
    /// <summary>Decodes a file, after a look at its structure and size, and turns it upright (Pillow's <c>exif_transpose</c>). Thread-safe.</summary>
    /// <param name="path">A JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="maximumPixels">Width × height that are still decoded, at least 1. Default <see cref="ImageFile.DefaultMaximumPixels"/>.</param>
    /// <returns>The picture; the caller disposes of it.</returns>
    /// <exception cref="InvalidDataException">The file can't be used; the message names it and says why.</exception>
    public static MLImage Load(string path, long maximumPixels = ImageFile.DefaultMaximumPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = ImageFile.Inspect(path, maximumPixels);
        return Upright(file, () => MLImage.CreateFromFile(path), $"'{path}'");
    }

    /// <summary>Decodes a file's bytes, after a look at their structure and size, and turns the picture upright. Thread-safe.</summary>
    /// <param name="file">A JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="name">What the bytes are called in errors, as "upload 3".</param>
    /// <param name="maximumPixels">Width × height that are still decoded, at least 1. Default <see cref="ImageFile.DefaultMaximumPixels"/>.</param>
    /// <returns>The picture; the caller disposes of it.</returns>
    /// <exception cref="InvalidDataException">The bytes can't be used; the message names them and says why.</exception>
    public static MLImage Load(ReadOnlyMemory<byte> file, string name, long maximumPixels = ImageFile.DefaultMaximumPixels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Upright(ImageFile.Inspect(file.Span, maximumPixels), () =>
        {
            using var stream = Stream(file);
            return MLImage.CreateFromStream(stream);
        }, name);
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out var bytes)
        ? new(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new(file.ToArray(), writable: false);

    private static MLImage Upright(ImageFile file, Func<MLImage> decode, string name)
    {
        if (file.Problem is not null)
            throw new InvalidDataException($"{name} {file.Problem}.");
        MLImage image;
        try
        {
            image = decode();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{name} can't be decoded, though it begins and ends like an image. JPEG, PNG, BMP and WebP can be read everywhere; GIF (its first picture) only where ML.NET's image library can.", e);
        }
        if (file.Orientation == 1)
            return image;
        using (image)
            return Turned(image, file.Orientation);
    }

    /// <summary>A copy turned from the way that an EXIF orientation says it lies.</summary>
    /// <param name="image">The picture as stored; it stays the caller's.</param>
    /// <param name="orientation">1 to 8, as in EXIF: 6 is what a camera held upright writes, to be turned clockwise.</param>
    /// <returns>The upright picture, opaque or not as the source; the caller disposes of it.</returns>
    public static MLImage Turned(MLImage image, int orientation)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (orientation is < 1 or > 8)
            throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "An EXIF orientation is 1 to 8.");
        var (width, height) = (image.Width, image.Height);
        var source = image.Pixels;
        var (across, down) = orientation >= 5 ? (height, width) : (width, height);
        var pixels = new byte[source.Length];
        for (var y = 0; y < down; y++)
            for (var x = 0; x < across; x++)
            {
                // Where the upright picture's pixel lies in the stored one.
                var (column, row) = orientation switch
                {
                    1 => (x, y),
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                source.Slice(4 * (row * width + column), 4).CopyTo(pixels.AsSpan(4 * (y * across + x)));
            }
        return MLImage.CreateFromPixels(across, down, image.PixelFormat, pixels);
    }
}
