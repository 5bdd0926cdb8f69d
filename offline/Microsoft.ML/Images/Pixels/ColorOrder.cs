using Microsoft.ML.Transforms.Image;

using ColorBits = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorBits;
using ColorsOrder = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorsOrder;

namespace Microsoft.ML.Data;
/// <summary>The order of colours, by the letters of its name.</summary>
internal static class ColorOrder
{
    /// <summary>The chosen colours in their order, each as the byte's place in a pixel of that format.</summary>
    public static int[] BytesOf(ColorBits colors, ColorsOrder order, MLPixelFormat format) =>
        [.. order.ToString().Select(Color).Where(color => (colors & color) != 0).Select(color => ByteOf(color, format))];

    private static ColorBits Color(char letter) => letter switch
    {
        'A' => ColorBits.Alpha,
        'R' => ColorBits.Red,
        'G' => ColorBits.Green,
        'B' => ColorBits.Blue,
        _ => 0,
    };

    private static int ByteOf(ColorBits color, MLPixelFormat format) => color switch
    {
        ColorBits.Alpha => 3,
        ColorBits.Green => 1,
        _ => (color == ColorBits.Red) == (format == MLPixelFormat.Rgba32) ? 0 : 2,
    };
}
