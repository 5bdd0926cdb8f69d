using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace ResNet.Tests.Behaviour.MicrosoftML;

/// <summary>From a file to numbers: what ExtractPixels hands to a network, and in which order.</summary>
public class ImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }

    // Red grows with the column, green with the row, blue is fixed.
    private string Gradient(int width, int height)
    {
        var pixels = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                new byte[] { (byte)(x * 10), (byte)(y * 20), 77, 255 }.CopyTo(pixels, (y * width + x) * 4);
        var path = Path.Combine(_folder, $"{width}x{height}.png");
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        image.Save(path);
        return path;
    }

    [Fact]
    public void Pixels_come_as_planes_of_red_green_and_blue()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(new[] { new Row { Path = Gradient(5, 4) } });
        var pixels = ml.Transforms.LoadImages("Image", "", "Path").Append(ml.Transforms.ResizeImages("Image", 5, 4)).Append(ml.Transforms.ExtractPixels("Pixels", "Image"))
            .Fit(data).Transform(data).GetColumn<float[]>("Pixels").Single();
        Assert.Equal(3 * 4 * 5, pixels.Length);
        for (var y = 0; y < 4; y++)
            for (var x = 0; x < 5; x++)
                Assert.Equal((x * 10f, y * 20f, 77f), (pixels[y * 5 + x], pixels[20 + y * 5 + x], pixels[40 + y * 5 + x]));
    }

    [Fact]
    public void A_crop_keeps_the_middle_of_the_longer_side()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(new[] { new Row { Path = Gradient(12, 4) } });
        var pixels = ml.Transforms.LoadImages("Image", "", "Path").Append(ml.Transforms.ResizeImages("Image", 4, 4, resizing: ImageResizingEstimator.ResizingKind.IsoCrop)).Append(ml.Transforms.ExtractPixels("Pixels", "Image"))
            .Fit(data).Transform(data).GetColumn<float[]>("Pixels").Single();
        Assert.Equal([40f, 50f, 60f, 70f], pixels[..4]);
    }

    // 16×16 files written by Pillow: red beside blue, or dark beside light.
    [Theory]
    [InlineData("palette.png", 200, 40, 40, 40, 40, 200)]
    [InlineData("cmyk.jpg", 200, 40, 40, 40, 40, 200)]
    [InlineData("gray.jpg", 88, 88, 88, 58, 58, 58)]
    [InlineData("sixteen-bit.png", 100, 100, 100, 200, 200, 200)]
    // LoadImages ignores the EXIF orientation: the halves stay side by side.
    [InlineData("rotated.jpg", 200, 40, 40, 40, 40, 200)]
    [InlineData("one-pixel.png", 200, 40, 40, 200, 40, 40)]
    public void Uncommon_files_give_their_colours(string file, params int[] expected)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(new[] { new Row { Path = System.IO.Path.Combine(Repository.Root, "ResNet.Tests", "Behaviour", "MicrosoftML", "Fixtures", file) } });
        var pixels = ml.Transforms.LoadImages("Image", "", "Path").Append(ml.Transforms.ResizeImages("Image", 16, 16)).Append(ml.Transforms.ExtractPixels("Pixels", "Image"))
            .Fit(data).Transform(data).GetColumn<float[]>("Pixels").Single();
        float At(int channel, int x) => pixels[channel * 256 + 8 * 16 + x];
        float[] found = [At(0, 2), At(1, 2), At(2, 2), At(0, 13), At(1, 13), At(2, 13)];
        Assert.All(found.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 4, pair.Second + 4));
    }

    [Fact]
    public void A_file_that_is_no_image_is_an_error_when_it_is_read()
    {
        var path = Path.Combine(_folder, "text.jpg");
        File.WriteAllText(path, "this is no image");
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(new[] { new Row { Path = path } });
        var view = ml.Transforms.LoadImages("Image", "", "Path").Append(ml.Transforms.ResizeImages("Image", 4, 4)).Append(ml.Transforms.ExtractPixels("Pixels", "Image")).Fit(data).Transform(data);
        Assert.ThrowsAny<Exception>(() => view.GetColumn<float[]>("Pixels").ToArray());
    }
}
