using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Images;

/// <summary>Photos of any size as a network's input: turned upright by EXIF, then resized and cropped as PrepareImages does in Exact mode.
/// Thread-safe.</summary>
internal sealed class PhotoPixels(Preprocessing preprocessing)
{
    public ImageShape Shape { get; } = new(3, preprocessing.Crop, preprocessing.Crop);

    /// <exception cref="InvalidDataException">The file can't be used; the message names it and says why.</exception>
    public void ReadFile(string path, Span<float> planes)
    {
        if (string.IsNullOrEmpty(path)) throw new InvalidDataException("The path of an image is empty.");
        using var image = UprightImage.Load(path);
        ReadImage(image, $"'{path}'", planes);
    }

    /// <param name="file">A JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="planes">Receives the pixels.</param>
    /// <exception cref="InvalidDataException">The bytes can't be used; the message says why.</exception>
    public void ReadBytes(ReadOnlyMemory<byte> file, string name, Span<float> planes)
    {
        using var image = UprightImage.Load(file, name);
        ReadImage(image, name, planes);
    }

    /// <param name="image">The photo, as it lies; it stays the caller's.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="planes">Receives the pixels.</param>
    /// <exception cref="InvalidDataException">The image has been disposed of, or is in an unknown format.</exception>
    public void ReadImage(MLImage image, string name, Span<float> planes)
    {
        try
        {
            var cropped = new byte[4 * preprocessing.Crop * preprocessing.Crop];
            ImageResampler.Prepare(image.Pixels, image.Width, image.Height, 4, preprocessing, cropped);
            if (!Planes.TryCopy(cropped, image.PixelFormat, planes))
                throw new InvalidDataException($"{name} is an image in the pixel format {image.PixelFormat}; Bgra32 and Rgba32 can be read.");
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"{name} is an image that has been disposed of.", error);
        }
    }
}
