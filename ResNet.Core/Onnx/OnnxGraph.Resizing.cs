namespace ResNet.Core;

/// <content>Operators that change height and width of N×C×H×W upwards.</content>
public sealed partial class OnnxGraph
{
    /// <summary>Every pixel <paramref name="factor"/> times down and across: torch's <c>interpolate(mode="nearest")</c>.</summary>
    public string UpsampleNearest(string x, long factor) =>
        Nearest([x, "", Factors(factor)]);

    /// <summary>Nearest neighbour to another value's height and width: torch's <c>interpolate(size=…, mode="nearest")</c>.</summary>
    /// <param name="x">The value.</param>
    /// <param name="like">The value, N×C×H×W, that has the wanted height and width.</param>
    public string ResizeNearest(string x, string like) =>
        Nearest([x, "", "", Concat([Part(x, 0, 2), Part(like, 2, 4)], axis: 0)]);

    /// <summary>Cubic interpolation: torch's <c>interpolate(mode="bicubic", align_corners=False)</c>, whose kernel has a = −0.75.</summary>
    public string UpsampleBicubic(string x, long factor) => Node(
        "Resize", [x, "", Factors(factor)],
        ("mode", "cubic"), ("cubic_coeff_a", -0.75f), ("coordinate_transformation_mode", "half_pixel"));

    /// <summary>N×Cr²×H×W to N×C×Hr×Wr: torch's <c>pixel_shuffle</c> (Shi et al. 2016).</summary>
    public string PixelShuffle(string x, long factor) => Node("DepthToSpace", [x], ("blocksize", factor), ("mode", "CRD"));

    // torch's rule for the nearest: the target's index times the scale, cut to an integer.
    private string Nearest(IReadOnlyList<string> inputs) => Node(
        "Resize", inputs, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    private string Factors(long factor) => Constant([1f, 1f, factor, factor], 4);

    private string Part(string x, long start, long end) => Node("Slice", [Node("Shape", [x]), Constant([start]), Constant([end])]);
}
