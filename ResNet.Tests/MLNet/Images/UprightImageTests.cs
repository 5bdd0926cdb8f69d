using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Images;

public sealed class UprightImageTests
{
    /// <summary>A picture of 3×2 pixels numbered row by row, as Pillow's exif_transpose turns it.</summary>
    [Theory]
    [InlineData(1, 3, "012345")]
    [InlineData(2, 3, "210543")]
    [InlineData(3, 3, "543210")]
    [InlineData(4, 3, "345012")]
    [InlineData(5, 2, "031425")]
    [InlineData(6, 2, "304152")]
    [InlineData(7, 2, "524130")]
    [InlineData(8, 2, "251403")]
    public void Pictures_are_turned_as_Pillow_turns_them(int orientation, int width, string expected)
    {
        using var stored = MLImage.CreateFromPixels(3, 2, MLPixelFormat.Rgba32, [.. Enumerable.Range(0, 6).SelectMany(i => new byte[] { (byte)i, 10, 20, 255 })]);
        using var upright = UprightImage.Turned(stored, orientation);
        Assert.Equal((width, 6 / width), (upright.Width, upright.Height));
        Assert.Equal(expected, string.Concat(Enumerable.Range(0, 6).Select(i => upright.Pixels[4 * i])));
    }

    [Fact]
    public void A_file_is_loaded_upright()
    {
        // The same pixels times 40, written by Pillow as PNG with orientation 6.
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAAXSURBVHicY2RgZNLQ0NDQ0GCpqKiAsAAbtANRzQV8yAAAAABJRU5ErkJggg=="));
            using var upright = UprightImage.Load(file);
            var red = upright.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2;
            Assert.Equal("304152", string.Concat(Enumerable.Range(0, 6).Select(i => upright.Pixels[4 * i + red] / 40)));
            Assert.Contains("MaximumPixels", Assert.Throws<InvalidDataException>(() => UprightImage.Load(file, maximumPixels: 5)).Message);
            File.WriteAllText(file, "text");
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => UprightImage.Load(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
