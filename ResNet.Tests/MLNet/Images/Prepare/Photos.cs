using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Images.Prepare;

/// <summary>Generated photos, as lossless files and in memory.</summary>
internal static class Photos
{
    public static readonly (int Width, int Height)[] Sizes = [(61, 40), (40, 61), (33, 33), (90, 17), (20, 20), (5, 300)];

    /// <summary>RGBA bytes, opaque.</summary>
    public static byte[] Pixels(int index)
    {
        var (width, height) = Sizes[index];
        var pixels = new byte[width * height * 4];
        new Random(index).NextBytes(pixels);
        for (var i = 3; i < pixels.Length; i += 4) pixels[i] = 255;
        return pixels;
    }

    public static MLImage Image(int index) => MLImage.CreateFromPixels(Sizes[index].Width, Sizes[index].Height, MLPixelFormat.Rgba32, Pixels(index));

    public static List<PhotoFile> Write(string folder) => [.. Enumerable.Range(0, Sizes.Length).Select(i =>
    {
        var path = Path.Combine(folder, $"{i}.png");
        using var image = Image(i);
        image.Save(path);
        return new PhotoFile { Path = path, Label = $"{i % 2}" };
    })];
}

public sealed class PhotoFile
{
    public string Path { get; set; } = "";

    public string Label { get; set; } = "";
}

public sealed class Photo
{
    [AnyImageType]
    public MLImage? Image { get; set; }
}

public sealed class Pixels
{
    public float[] Features { get; set; } = [];
}
