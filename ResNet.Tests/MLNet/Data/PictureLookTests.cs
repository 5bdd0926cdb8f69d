using System.Numerics;
using ResNet.MLNet.Data;
using ResNet.MLNet.Images;

namespace ResNet.Tests.MLNet.Data;

public sealed class PictureLookTests
{
    /// <summary>Hashes that numpy and Pillow 9.4 give for the same noise: resize((9, 8), BILINEAR), convert("L"), right &gt; left.</summary>
    [Theory]
    [InlineData(9, 8, 1, 0x5a59a69c59a942a4)]
    [InlineData(64, 48, 2, 0x3292e6cf696a4a24)]
    [InlineData(5, 3, 3, 0x1f1f0f0733f3f3f3)]
    [InlineData(200, 31, 4, 0xcaa8ad858574a5ae)]
    public void Difference_hashes_are_Pillows(int width, int height, uint salt, ulong expected) =>
        Assert.Equal(expected, PictureLook.Of(Noise(width, height, salt))!.Hash);

    [Fact]
    public void A_plain_picture_looks_like_no_other()
    {
        Assert.Null(PictureLook.Of(new RgbImage(Enumerable.Repeat((byte)90, 300).ToArray(), 10, 10)));
        Assert.NotNull(PictureLook.Of(Noise(10, 10, 9)));
    }

    [Fact]
    public void Distances_count_bits_and_gray_levels()
    {
        var picture = Noise(9, 8, 1);
        var (look, brighter) = (PictureLook.Of(picture)!, PictureLook.Of(picture with { Pixels = [.. picture.Pixels.Select(p => (byte)Math.Min(255, p / 2 + 60))] })!);
        Assert.Equal((0, 0.0), (look.Distance(look), look.GrayDifference(look)));
        Assert.InRange(look.Distance(brighter), 0, 6);
        Assert.InRange(look.GrayDifference(brighter), 10, 60);
        Assert.Equal(BitOperations.PopCount(0x5a59a69c59a942a4UL ^ 0x3292e6cf696a4a24UL), look.Distance(PictureLook.Of(Noise(64, 48, 2))!));
    }

    internal static RgbImage Noise(int width, int height, uint salt)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0u; i < pixels.Length; i++)
        {
            var x = unchecked(i * 2654435761u + salt * 40503u);
            x = unchecked((x ^ (x >> 15)) * 2246822519u);
            pixels[i] = (byte)(x >> 24);
        }
        return new(pixels, width, height);
    }
}
