using Microsoft.ML.Data;

using Anchor = Microsoft.ML.Transforms.Image.ImageResizingEstimator.Anchor;
using ResizingKind = Microsoft.ML.Transforms.Image.ImageResizingEstimator.ResizingKind;

namespace Microsoft.ML.Transforms.Image;
/// <summary>Where a resized image lies on its canvas.</summary>
internal static class ImageResizing
{
    /// <summary>The image in the column's size; the same object if it has that size.</summary>
    public static MLImage Resize(this ImageResizingEstimator.ColumnOptions column, MLImage image)
    {
        int width = column.Type.Width, height = column.Type.Height;
        if (image.Width == width && image.Height == height) return image;
        if (column.Resizing == ResizingKind.Fill) return image.Stretched(width, height);

        // Single precision and cutting to whole pixels, as ML.NET computes the place: a scaled side can come out one pixel short.
        float across = (float)width / image.Width, down = (float)height / image.Height;
        float scale = column.Resizing == ResizingKind.IsoPad ? Math.Min(across, down) : Math.Max(across, down);
        float spareWidth = width - image.Width * scale, spareHeight = height - image.Height * scale;
        int left = 0, top = 0;
        if (column.Resizing == ResizingKind.IsoPad) (left, top) = down < across ? ((int)(spareWidth / 2), 0) : (0, (int)(spareHeight / 2));
        else if (down < across) top = Place(spareHeight, column.Anchor, Anchor.Top, Anchor.Bottom);
        else left = Place(spareWidth, column.Anchor, Anchor.Left, Anchor.Right);
        return image.Drawn((int)(image.Width * scale), (int)(image.Height * scale), left, top, width, height);
    }

    private static int Place(float spare, Anchor anchor, Anchor first, Anchor last) =>
        anchor == first ? 0 : anchor == last ? (int)spare : (int)(spare / 2);
}
