using Pictures;
using ResNet.Core;

namespace SuperResolution;

/// <summary>A large picture and the small one that the network sees.</summary>
internal sealed record Photo(string Name, Picture Large, Picture Small)
{
    /// <summary>Cuts the sides to multiples of the scale, and shrinks as Pillow does: bicubic, antialiased.</summary>
    public static Photo Of(string name, Picture picture, int scale)
    {
        var (width, height) = (picture.Width / scale, picture.Height / scale);
        var large = picture.Crop(0, 0, width * scale, height * scale);
        return new(name, large, large.Resized(width, height, Interpolation.Bicubic));
    }
}

/// <summary>The photos of a folder.</summary>
internal static class Photos
{
    // More neither fits a short training, nor do larger ones have more detail to learn from.
    private const int Most = 200, LongestSide = 768;

    public static List<Photo> Load(string folder, int scale)
    {
        var photos = new List<Photo>();
        foreach (var file in Picture.FilesIn(folder, "--images").Take(Most))
        {
            try
            {
                var picture = Picture.Load(file);
                var longest = Math.Max(picture.Width, picture.Height);
                if (longest > LongestSide)
                    picture = picture.Resized(Side(picture.Width), Side(picture.Height), Interpolation.Bicubic);
                if (Math.Min(picture.Width, picture.Height) / scale < Training.Patch)
                    throw new InvalidDataException($"'{file}' is {picture.Width}×{picture.Height}; its sides must have {Training.Patch * scale} pixels or more.");
                photos.Add(Photo.Of(Path.GetFileName(file), picture, scale));

                int Side(int side) => Math.Max(1, (int)((long)side * LongestSide / longest));
            }
            catch (InvalidDataException e)
            {
                Console.Error.WriteLine($"Left out: {e.Message}");
            }
        }
        return photos.Count >= 2
            ? photos
            : throw new ArgumentException($"'{folder}' has {photos.Count} usable photos; at least 2 are needed, one to train on and one to compare with.");
    }
}
