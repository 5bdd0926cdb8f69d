using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Images;

/// <summary>A decoded picture: rows of red, green and blue bytes.</summary>
internal sealed record RgbImage(byte[] Pixels, int Width, int Height)
{
    /// <summary>Decodes a file and turns it upright.</summary>
    /// <exception cref="InvalidDataException">The file can't be used; the message names it and says why.</exception>
    public static RgbImage Load(string path, long maximumPixels = ImageFile.DefaultMaximumPixels)
    {
        using var image = UprightImage.Load(path, maximumPixels);
        return Of(image);
    }

    public static RgbImage Of(MLImage image)
    {
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var source = image.Pixels;
        var pixels = new byte[3 * image.Width * image.Height];
        for (int from = 0, to = 0; to < pixels.Length; from += 4, to += 3)
            (pixels[to], pixels[to + 1], pixels[to + 2]) = (source[from + red], source[from + 1], source[from + blue]);
        return new(pixels, image.Width, image.Height);
    }

    public RgbImage Resized(int width, int height)
    {
        var result = new byte[3 * width * height];
        ImageResampler.Resize(Pixels, Width, Height, 3, result, width, height, Interpolation.Bilinear);
        return new(result, width, height);
    }

    public MLImage ToMLImage()
    {
        var rgba = new byte[4 * Width * Height];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            Pixels.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = 255;
        }
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
    }
}
