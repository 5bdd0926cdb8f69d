using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number with libtorch's three kinds: integral, floating, boolean.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ValueKind kind, long bits) => (Kind, Bits) = (kind, bits);

    internal ValueKind Kind { get; }

    internal long Bits { get; }

    internal double AsDouble => Kind == ValueKind.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    internal long AsLong => Kind == ValueKind.Double ? (long)BitConverter.Int64BitsToDouble(Bits) : Bits;

    public ScalarType Type => Kind switch
    {
        ValueKind.Double => ScalarType.Float64,
        ValueKind.Bool => ScalarType.Bool,
        _ => ScalarType.Int64,
    };

    internal static Scalar Of(NativeValue value) => new(value.Kind, value.Bits);

    private static Scalar Floating(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    private static Scalar Integral(long value) => new(ValueKind.Int, value);

    public static implicit operator Scalar(byte value) => Integral(value);
    public static implicit operator Scalar(sbyte value) => Integral(value);
    public static implicit operator Scalar(short value) => Integral(value);
    public static implicit operator Scalar(int value) => Integral(value);
    public static implicit operator Scalar(long value) => Integral(value);
    public static implicit operator Scalar(Half value) => Floating((double)value);
    public static implicit operator Scalar(float value) => Floating(value);
    public static implicit operator Scalar(double value) => Floating(value);
    public static implicit operator Scalar(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    // Nothing native is held: a number travels by value.
    public void Dispose()
    {
    }
}
