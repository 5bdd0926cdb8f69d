using ResNet.MLNet.Images;

namespace ResNet.MLNet.Reporting;

/// <summary>Pictures as data URIs.</summary>
internal static class Pictures
{
    /// <summary>The longer side of a thumbnail, in pixels: twice what is shown, for dense screens.</summary>
    private const int Side = 320;

    /// <summary>An image file's thumbnail, upright; a box that says so where the file can't be used any more.</summary>
    public static Html Thumbnail(string path, string description)
    {
        try
        {
            return Image(Fitted(RgbImage.Load(path)), description);
        }
        catch (InvalidDataException)
        {
            return Html.Of($"""<span class="missing" role="img" aria-label="{description}">the file can’t be read any more</span>""");
        }
    }

    /// <summary>A heatmap over its picture.</summary>
    public static Html Overlay(Heatmap heatmap, string description) => Image(Fitted(Blend(heatmap)), description);

    /// <summary>A heatmap's picture as the network got it.</summary>
    public static Html Plain(Heatmap heatmap, string description) => Image(Fitted(heatmap.Picture), description);

    private static Html Image(RgbImage image, string description)
    {
        using var picture = image.ToMLImage();
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jpg");
        try
        {
            picture.Save(file); // MLImage writes to files only
            var small = Math.Max(image.Width, image.Height) <= 64 ? " small" : "";
            return Html.Of($"""<img class="picture{small}" width="{image.Width}" height="{image.Height}" alt="{description}" src="data:image/jpeg;base64,{Convert.ToBase64String(File.ReadAllBytes(file))}">""");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static RgbImage Fitted(RgbImage image)
    {
        var longer = Math.Max(image.Width, image.Height);
        return longer <= Side ? image : image.Resized(Math.Max(1, image.Width * Side / longer), Math.Max(1, image.Height * Side / longer));
    }

    // The map, stretched bilinearly over the picture, from transparent over violet and red to yellow.
    private static RgbImage Blend(Heatmap heatmap)
    {
        var (width, height) = (heatmap.Picture.Width, heatmap.Picture.Height);
        var pixels = (byte[])heatmap.Picture.Pixels.Clone();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var value = At(heatmap, (x + 0.5f) * heatmap.MapWidth / width - 0.5f, (y + 0.5f) * heatmap.MapHeight / height - 0.5f);
                var (red, green, blue) = Color(value);
                var alpha = 0.15f + 0.55f * value;
                var at = 3 * (y * width + x);
                var gray = 0.3f * pixels[at] + 0.59f * pixels[at + 1] + 0.11f * pixels[at + 2];
                pixels[at] = (byte)(gray * (1 - alpha) + red * alpha);
                pixels[at + 1] = (byte)(gray * (1 - alpha) + green * alpha);
                pixels[at + 2] = (byte)(gray * (1 - alpha) + blue * alpha);
            }
        return new(pixels, width, height);
    }

    private static float At(Heatmap heatmap, float x, float y)
    {
        x = Math.Clamp(x, 0, heatmap.MapWidth - 1);
        y = Math.Clamp(y, 0, heatmap.MapHeight - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, heatmap.MapWidth - 1), Math.Min(top + 1, heatmap.MapHeight - 1));
        var upper = float.Lerp(Value(left, top), Value(right, top), x - left);
        var lower = float.Lerp(Value(left, bottom), Value(right, bottom), x - left);
        return float.Lerp(upper, lower, y - top);

        float Value(int column, int row) => heatmap.Map[row * heatmap.MapWidth + column];
    }

    // Points of matplotlib's "inferno".
    private static readonly (float Red, float Green, float Blue)[] Inferno = [(0, 0, 4), (87, 16, 110), (188, 55, 84), (249, 142, 9), (252, 255, 164)];

    private static (float Red, float Green, float Blue) Color(float value)
    {
        var at = Math.Clamp(value, 0, 1) * (Inferno.Length - 1);
        var (from, to) = (Inferno[(int)at], Inferno[Math.Min((int)at + 1, Inferno.Length - 1)]);
        var share = at - (int)at;
        return (float.Lerp(from.Red, to.Red, share), float.Lerp(from.Green, to.Green, share), float.Lerp(from.Blue, to.Blue, share));
    }
}
