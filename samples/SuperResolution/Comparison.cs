using Pictures;
using ResNet.Core;

namespace SuperResolution;

/// <summary>A picture that was not trained on, enlarged both ways.</summary>
internal sealed record Comparison(string Name, Photo Photo, Picture Bicubic, Picture Network)
{
    private const int DetailSide = 96;

    public double BicubicPsnr => PeakSignalToNoise.Of(Bicubic.Pixels, Photo.Large.Pixels);

    public double NetworkPsnr => PeakSignalToNoise.Of(Network.Pixels, Photo.Large.Pixels);

    public static Comparison Of(EdsrNetwork network, Photo photo)
    {
        var (small, large) = (photo.Small, photo.Large);
        return new(photo.Name, photo, small.Resized(large.Width, large.Height, Interpolation.Bicubic),
            large with { Pixels = network.Upscale(small.Pixels, small.Width, small.Height) });
    }

    /// <summary>The part with the most detail, magnified: small, bicubic, network, original.</summary>
    public IReadOnlyList<Picture> Detail()
    {
        var scale = Photo.Large.Width / Photo.Small.Width;
        // A whole number of small pixels, no larger than the picture.
        var side = Math.Min(DetailSide, Math.Min(Photo.Large.Width, Photo.Large.Height)) / scale * scale;
        var (left, top) = MostDetailed(Photo.Large, side, scale);
        var small = Photo.Small.Crop(left / scale, top / scale, side / scale, side / scale).Magnified(scale);
        return [.. new[] { small, Cut(Bicubic), Cut(Network), Cut(Photo.Large) }.Select(picture => picture.Magnified(3))];

        Picture Cut(Picture picture) => picture.Crop(left, top, side, side);
    }

    // Where neighbouring pixels differ most.
    private static (int Left, int Top) MostDetailed(Picture picture, int side, int scale)
    {
        var step = Math.Max(scale, side / 4 / scale * scale);
        return (from top in Enumerable.Range(0, (picture.Height - side) / step + 1)
                from left in Enumerable.Range(0, (picture.Width - side) / step + 1)
                select (left * step, top * step)).MaxBy(corner => Detail(picture.Crop(corner.Item1, corner.Item2, side, side)));

        static long Detail(Picture part)
        {
            var sum = 0L;
            for (var i = 3; i < part.Pixels.Length; i++)
                sum += Math.Abs(part.Pixels[i] - part.Pixels[i - 3]);
            return sum;
        }
    }
}
