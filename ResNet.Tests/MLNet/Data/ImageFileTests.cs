using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Data;

/// <summary>Files that a decoder would forgive are told from sound ones by their structure.</summary>
public sealed class ImageFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("image-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Encoded(string extension)
    {
        var path = Path.Combine(_folder, "sound" + extension);
        var pixels = new byte[40 * 30 * 4];
        new Random(1).NextBytes(pixels);
        using (var image = MLImage.CreateFromPixels(40, 30, MLPixelFormat.Rgba32, pixels))
            image.Save(path);
        return File.ReadAllBytes(path);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    public void A_sound_file_has_no_problem(string extension) => Assert.Equal(new ImageFile(null), ImageFile.Inspect(Encoded(extension)));

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    public void A_file_cut_anywhere_has_a_problem(string extension)
    {
        var file = Encoded(extension);
        for (var length = 0; length < file.Length - 2; length += 7)
            Assert.NotNull(ImageFile.Inspect(file.AsSpan(0, length)).Problem);
    }

    [Fact]
    public void Text_named_like_an_image_is_shown()
    {
        var problem = ImageFile.Inspect("hello, world"u8).Problem;
        Assert.Contains("is not a JPEG", problem);
        Assert.Contains("hello", problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_exif_orientation_is_read(bool littleEndian)
    {
        // TIFF: byte order, 42, offset of the first directory, one entry (tag 0x0112, SHORT, 1 value), no next directory.
        byte[] tiff = littleEndian
            ? [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(2 + 6 + tiff.Length), .. "Exif\0\0"u8, .. tiff];
        var sound = Encoded(".jpg");
        Assert.Equal(new ImageFile(null, Orientation: 6), ImageFile.Inspect([.. sound[..2], .. segment, .. sound[2..]]));
    }

    [Fact]
    public void Damage_never_ends_in_an_exception()
    {
        var random = new Random(2);
        foreach (var sound in new[] { Encoded(".jpg"), Encoded(".png") })
            for (var i = 0; i < 3000; i++)
            {
                var file = sound[..random.Next(1, sound.Length)];
                for (var n = 0; n < 8; n++)
                    file[random.Next(Math.Min(file.Length, 200))] = (byte)random.Next(256);
                ImageFile.Inspect(file);
            }
    }
}
