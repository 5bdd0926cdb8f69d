using System.Globalization;
using System.Security.Cryptography;
using ResNet.Core;

namespace ResNet.Tests.Core.Images;

/// <summary>To the byte against Pillow and torchvision; Fixtures/make_resized.py made the expected hashes.</summary>
public class ImageResamplerTests
{
    public static TheoryData<string> Cases() => new(Fixture.Read("resized.txt").Select(words => string.Join(' ', words)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsPillowToTheByte(string line)
    {
        var words = line.Split(' ');
        var numbers = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        var (channels, width, height, crop) = (numbers[2], numbers[3], numbers[4], numbers[6]);
        var pixels = Pattern(words[0], (uint)numbers[1], width * height * channels);
        var interpolation = Enum.Parse<Interpolation>(words[7]);
        var target = crop > 0 ? (Width: crop, Height: crop) : Size(words[5]);

        var result = Run(pixels, channels);
        Assert.Equal(words[8], Convert.ToHexStringLower(SHA256.HashData(result)));

        // Four channels take another way through the code.
        var four = Run(Widen(pixels, channels), 4);
        Assert.True(result.SequenceEqual(four.Where((_, i) => i % 4 < channels)));

        byte[] Run(byte[] image, int channels)
        {
            var bytes = new byte[target.Width * target.Height * channels];
            Array.Fill(bytes, (byte)77);
            if (crop > 0)
            {
                var preprocessing = new Preprocessing { Resize = numbers[5], Crop = crop, Interpolation = interpolation };
                ImageResampler.Prepare(image, width, height, channels, preprocessing, bytes);
            }
            else
            {
                ImageResampler.Resize(image, width, height, channels, bytes, target.Width, target.Height, interpolation);
            }

            return bytes;
        }
    }

    [Fact]
    public void VeryLongImagesCostOnlyWhatTheCropShows()
    {
        // Resized, this one would have 256 × 51,200,000 pixels.
        var pixels = new byte[200_000];
        Array.Fill(pixels, (byte)9);
        var result = new byte[224 * 224];
        ImageResampler.Prepare(pixels, 200_000, 1, 1, Preprocessing.ImageNet, result);
        Assert.DoesNotContain(result, value => value != 9);
    }

    [Fact]
    public void ManyThreadsGetTheSame()
    {
        var pixels = Pattern("noise", 3, 120 * 90 * 4);
        var expected = Prepare();
        Assert.All(ParallelEnumerable.Range(0, 64).Select(_ => Prepare()).ToList(), result => Assert.Equal(expected, result));

        byte[] Prepare()
        {
            var result = new byte[40 * 40 * 4];
            ImageResampler.Prepare(pixels, 120, 90, 4, Preprocessing.Square(40), result);
            return result;
        }
    }

    [Theory]
    [InlineData(0, 5, 3, 0, "0×5 pixels")]
    [InlineData(5, 5, 5, 125, "5 channels")]
    [InlineData(5, 5, 3, 74, "75 bytes, but 74")]
    [InlineData(100_000, 100_000, 3, 75, "30000000000 bytes, but 75")]
    public void WrongSizesAreNamed(int width, int height, int channels, int length, string message)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            ImageResampler.Prepare(new byte[length], width, height, channels, Preprocessing.Square(4), new byte[4 * 4 * channels]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AResultOfAnotherSizeIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => ImageResampler.Prepare(new byte[27], 3, 3, 3, Preprocessing.Square(4), new byte[47]));
        Assert.Equal("result", error.ParamName);
    }

    private static byte[] Pattern(string kind, uint state, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            bytes[i] = kind == "noise" ? (byte)(state >> 24) : (byte)(255 * (state >> 31));
        }

        return bytes;
    }

    private static byte[] Widen(byte[] pixels, int channels) =>
        [.. pixels.Chunk(channels).SelectMany(pixel => pixel.Concat(Enumerable.Repeat((byte)(pixel[0] ^ 0x5A), 4 - channels)))];

    private static (int Width, int Height) Size(string text)
    {
        var sides = text.Split('x');
        return (int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[1], CultureInfo.InvariantCulture));
    }
}
