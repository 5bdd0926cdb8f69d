namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a floating-point dtype.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }

    public static FInfo finfo() => finfo(defaultDtype);

    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => Limits(16, significand: 8, exponent: 127, resolution: 0.01),
        ScalarType.Float16 => Limits(16, significand: 11, exponent: 15, resolution: 0.001),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(32, significand: 24, exponent: 127, resolution: 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(64, significand: 53, exponent: 1023, resolution: 1e-15),
        _ => throw new ArgumentException("'dtype' must be floating point or complex"),
    };

    // Of a format with so many bits of significand (the hidden one counted) and 2^exponent as its largest power.
    private static FInfo Limits(int bits, int significand, int exponent, double resolution)
    {
        var eps = Math.ScaleB(1, 1 - significand);
        var max = Math.ScaleB(2 - eps, exponent);
        var smallest = Math.ScaleB(1, 1 - exponent);
        return new FInfo { bits = bits, eps = eps, max = max, min = -max, tiny = smallest, smallest_normal = smallest, resolution = resolution };
    }
}
