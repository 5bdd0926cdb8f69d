using Pictures;
using ResNet.Core;

namespace Segmentation;

/// <summary>A folder of images with a folder of masks of the same names.</summary>
internal static class MaskedImages
{
    private const int MostClasses = 32;

    public static Scenes Load(string images, string masks, int size)
    {
        var files = Picture.FilesIn(masks, "--masks").ToLookup(Path.GetFileNameWithoutExtension);
        var pairs = Picture.FilesIn(images, "--images").Select(image => (Image: image, Mask: files[Path.GetFileNameWithoutExtension(image)].FirstOrDefault())).ToArray();
        if (pairs.Length < 5)
            throw new ArgumentException($"'{images}' has {pairs.Length} images; at least 5 are needed, four to train on and one to compare with.");
        if (pairs.FirstOrDefault(pair => pair.Mask is null) is { Image: { } alone })
            throw new ArgumentException($"'{alone}' has no mask: '{masks}' must have a PNG file of the same name, with one flat colour a class.");
        var loaded = pairs.Select(pair => (Image: Picture.Load(pair.Image).Resized(size, size, Interpolation.Bilinear), Colours: Colours(pair.Mask!, size))).ToArray();

        // Black, the usual background, comes first.
        var colours = loaded.SelectMany(pair => pair.Colours).Distinct().Order().ToArray();
        if (colours.Length is < 2 or > MostClasses)
            throw new ArgumentException(
                $"The masks in '{masks}' have {colours.Length} colours; there must be 2 to {MostClasses}, one flat colour a class. " +
                "Masks that were saved as JPEG, or with smoothed edges, have many more: save them as PNG.");
        var classes = colours.Select((colour, i) => (colour, i)).ToDictionary(entry => entry.colour, entry => (byte)entry.i);
        return new([.. loaded.Select(pair => new Scene(pair.Image, [.. pair.Colours.Select(colour => classes[colour])]))], [.. colours.Select(colour => $"#{colour:X6}")]);
    }

    // Red, green and blue of each pixel as one number; nearest neighbour, since classes do not mix.
    private static int[] Colours(string mask, int size)
    {
        var picture = Picture.Load(mask);
        return
        [
            .. from y in Enumerable.Range(0, size)
               from x in Enumerable.Range(0, size)
               let pixel = 3 * (y * picture.Height / size * picture.Width + x * picture.Width / size)
               select picture.Pixels[pixel] << 16 | picture.Pixels[pixel + 1] << 8 | picture.Pixels[pixel + 2],
        ];
    }
}
