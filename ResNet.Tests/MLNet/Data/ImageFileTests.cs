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
    public void A_sound_file_has_no_problem(string extension) => Assert.Equal(new ImageFile(null, 1, 40, 30), ImageFile.Inspect(Encoded(extension)));

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
        Assert.Equal(new ImageFile(null, Orientation: 6, 40, 30), ImageFile.Inspect([.. sound[..2], .. segment, .. sound[2..]]));
    }

    /// <summary>7×5 pixels, written by Pillow 9.4.</summary>
    [Theory]
    [InlineData("R0lGODdhBwAFAIEAAMgePAAAAAAAAAAAACwAAAAABwAFAAAIDAABCBxIsKDBgwcDAgA7", 1)]
    [InlineData("Qk2uAAAAAAAAADYAAAAoAAAABwAAAAUAAAABABgAAAAAAHgAAADEDgAAxA4AAAAAAAAAAAAAPB7IPB7IPB7IPB7IPB7IPB7IPB7IAAAAPB7IPB7IPB7IPB7IPB7IPB7IPB7IAAAAPB7IPB7IPB7IPB7IPB7IPB7IPB7IAAAAPB7IPB7IPB7IPB7IPB7IPB7IPB7IAAAAPB7IPB7IPB7IPB7IPB7IPB7IPB7IAAAA", 1)]
    [InlineData("UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoHAAUAAsBMJaACdAFAAAD+7L2IwmknR/89M/9gf/JHwsAA", 1)]
    [InlineData("UklGRh4AAABXRUJQVlA4TBEAAAAvBgABAAdQjyKXp/+BiOh/AAA=", 1)]
    [InlineData("UklGRmYAAABXRUJQVlA4WAoAAAAIAAAABgAABAAAVlA4ICYAAABwAQCdASoHAAUABABoJaACdAFAAAD+6WjkYaNf/jeP7lP8U+OgAEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAgAAAAAAAA=", 8)]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEACAAAAAAAAIZYMDQAAAAUSURBVHicYzwhZ8OAAZgwhagiCgB9eAEsk5GtMAAAAABJRU5ErkJggg==", 8)]
    public void Size_and_orientation_are_read_from_every_format(string base64, int orientation) =>
        Assert.Equal(new ImageFile(null, orientation, 7, 5), ImageFile.Inspect(Convert.FromBase64String(base64)));

    [Fact]
    public void A_header_that_claims_a_huge_picture_is_refused_before_decoding()
    {
        // A PNG of a few bytes that would decode to 14 GB: IHDR says 60000×60000.
        var bomb = Encoded(".png");
        new byte[] { 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60 }.CopyTo(bomb, 16);
        var problem = ImageFile.Inspect(bomb).Problem;
        Assert.Contains("60000×60000", problem);
        Assert.Contains("MaximumPixels", problem);
        Assert.NotNull(ImageFile.Inspect(Encoded(".jpg"), maximumPixels: 1199).Problem);
        Assert.Null(ImageFile.Inspect(Encoded(".jpg"), maximumPixels: 1200).Problem);
    }

    [Fact]
    public void What_is_not_there_is_said() => Assert.Equal("does not exist", ImageFile.Inspect(Path.Combine(_folder, "none.jpg")).Problem);

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
