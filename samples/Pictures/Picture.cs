using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace Pictures;

/// <summary>A picture in memory: rows of red, green and blue bytes.</summary>
internal sealed record Picture(byte[] Pixels, int Width, int Height)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"];

    /// <summary>The image files of a folder, by name.</summary>
    public static string[] FilesIn(string folder, string option) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)]
        : throw new DirectoryNotFoundException($"There is no folder '{folder}' ({option}). Give a folder of images ({string.Join(", ", Extensions)}).");

    public static Picture Load(string path)
    {
        using var image = UprightImage.Load(path);
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var source = image.Pixels;
        var picture = Empty(image.Width, image.Height);
        for (int from = 0, to = 0; from < source.Length; from += 4, to += 3)
            (picture.Pixels[to], picture.Pixels[to + 1], picture.Pixels[to + 2]) = (source[from + red], source[from + 1], source[from + blue]);
        return picture;
    }

    public static Picture Empty(int width, int height) => new(new byte[3 * width * height], width, height);

    public void Save(string path)
    {
        var rgba = new byte[4 * Width * Height];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (Pixels[from], Pixels[from + 1], Pixels[from + 2], 255);
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
        image.Save(path);
    }

    public Picture Resized(int width, int height, Interpolation interpolation)
    {
        var result = Empty(width, height);
        ImageResampler.Resize(Pixels, Width, Height, 3, result.Pixels, width, height, interpolation);
        return result;
    }

    public Picture Crop(int left, int top, int width, int height)
    {
        var result = Empty(width, height);
        for (var y = 0; y < height; y++)
            Pixels.AsSpan(3 * ((top + y) * Width + left), 3 * width).CopyTo(result.Pixels.AsSpan(3 * y * width));
        return result;
    }

    /// <summary>Every pixel as a square of that side.</summary>
    public Picture Magnified(int factor)
    {
        var result = Empty(Width * factor, Height * factor);
        for (var y = 0; y < result.Height; y++)
            for (var x = 0; x < result.Width; x++)
                Pixels.AsSpan(3 * (y / factor * Width + x / factor), 3).CopyTo(result.Pixels.AsSpan(3 * (y * result.Width + x)));
        return result;
    }

    /// <summary>Rows of pictures of one size on white.</summary>
    public static Picture Sheet(IReadOnlyList<IReadOnlyList<Picture>> rows, int gap = 6)
    {
        var (width, height) = (rows[0][0].Width + gap, rows[0][0].Height + gap);
        var sheet = Empty(gap + width * rows[0].Count, gap + height * rows.Count);
        Array.Fill(sheet.Pixels, (byte)255);
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < rows[row].Count; column++)
            {
                var picture = rows[row][column];
                for (var y = 0; y < picture.Height; y++)
                    picture.Pixels.AsSpan(3 * y * picture.Width, 3 * picture.Width)
                        .CopyTo(sheet.Pixels.AsSpan(3 * ((gap + row * height + y) * sheet.Width + gap + column * width)));
            }
        return sheet;
    }
}
