namespace ResNet.Core;

/// <content>The operators that networks use between their modules, named as in torch.</content>
public sealed partial class OnnxGraph
{
    /// <summary>max(x, 0).</summary>
    public string Relu(string x) => Node("Relu", [x]);

    /// <summary>1 / (1 + exp(−x)).</summary>
    public string Sigmoid(string x) => Node("Sigmoid", [x]);

    /// <summary>The hyperbolic tangent.</summary>
    public string Tanh(string x) => Node("Tanh", [x]);

    /// <summary>x · sigmoid(x), also called Swish.</summary>
    public string Silu(string x) => Mul(x, Sigmoid(x));

    /// <summary>x times the normal distribution's share below x (not its approximation by tanh).</summary>
    public string Gelu(string x) =>
        Mul(Mul(x, Add(Node("Erf", [Mul(x, (float)Math.Sqrt(0.5))]), Constant([1], []))), 0.5f);

    /// <summary>a + b, broadcast as in torch.</summary>
    public string Add(string a, string b) => Node("Add", [a, b]);

    /// <summary>a − b, broadcast as in torch.</summary>
    public string Sub(string a, string b) => Node("Sub", [a, b]);

    /// <summary>a · b, broadcast as in torch.</summary>
    public string Mul(string a, string b) => Node("Mul", [a, b]);

    /// <summary>x times a number.</summary>
    public string Mul(string x, float factor) => Mul(x, Constant([factor], []));

    /// <summary>The values one after the other along an axis; 1 (default): the channels.</summary>
    public string Concat(IReadOnlyList<string> values, long axis = 1) => Node("Concat", values, ("axis", axis));

    /// <summary>Maximum over windows; the border takes no part.</summary>
    public string MaxPool2d(string x, long kernel, long stride, long padding = 0) => MaxPool2d(x, [kernel, kernel], [stride, stride], [padding, padding]);

    /// <summary>Mean over windows; border zeros count, as torch's default is.</summary>
    public string AvgPool2d(string x, long kernel, long stride, long padding = 0) => AvgPool2d(x, [kernel, kernel], [stride, stride], [padding, padding]);

    /// <summary>Mean over height and width: N×C×H×W to N×C×1×1.</summary>
    public string GlobalAvgPool2d(string x) => Node("GlobalAveragePool", [x]);

    /// <summary>All dimensions but the first as one.</summary>
    public string Flatten(string x) => Node("Flatten", [x], ("axis", 1));

    /// <summary>Every <paramref name="stride"/>-th row and column of N×C×H×W, from the first on: <c>x[:, :, ::stride, ::stride]</c>.</summary>
    public string Subsample(string x, long stride) =>
        stride == 1 ? x : Node("Slice", [x, Constant([0, 0]), Constant([long.MaxValue, long.MaxValue]), Constant([2, 3]), Constant([stride, stride])]);

    /// <summary>Zeros around the channels of N×C×H×W.</summary>
    /// <param name="x">The value.</param>
    /// <param name="before">Channels of zeros before the first, from 0.</param>
    /// <param name="after">Channels of zeros after the last, from 0.</param>
    public string PadChannels(string x, long before, long after) =>
        before == 0 && after == 0 ? x : Node("Pad", [x, Constant([0, before, 0, 0, 0, after, 0, 0])]);

    /// <summary>The network's first step: (pixel / 255 − mean) / std in each channel; null leaves the values as they are.</summary>
    public string Normalize(string pixels, Normalization? normalization)
    {
        if (normalization is null)
        {
            return pixels;
        }

        var (scale, shift) = normalization.ScaleAndShift();
        return Add(Mul(pixels, PerChannel(scale)), PerChannel(shift));

        string PerChannel(float[] values) => Constant(values, 1, values.Length, 1, 1);
    }

    private string MaxPool2d(string x, long[] kernel, long[] stride, long[] padding, bool ceil = false, long[]? dilation = null) => Node(
        "MaxPool", [x], ("kernel_shape", kernel), ("strides", stride), ("pads", BothSides(padding)), ("dilations", dilation ?? [1, 1]),
        ("ceil_mode", ceil ? 1 : 0));

    private string AvgPool2d(string x, long[] kernel, long[] stride, long[] padding, bool ceil = false, bool countPadding = true) => Node(
        "AveragePool", [x], ("kernel_shape", kernel), ("strides", stride), ("pads", BothSides(padding)),
        ("ceil_mode", ceil ? 1 : 0), ("count_include_pad", countPadding ? 1 : 0));

    // ONNX lists the beginnings of all axes, then the ends.
    private static long[] BothSides(long[] padding) => [.. padding, .. padding];
}
