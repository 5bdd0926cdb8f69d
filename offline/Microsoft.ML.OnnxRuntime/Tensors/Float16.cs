namespace Microsoft.ML.OnnxRuntime;

/// <summary>IEEE's half precision as its bits.</summary>
public readonly struct Float16(ushort v) : IEquatable<Float16>
{
    public readonly ushort value = v;

    public float ToFloat() => (float)BitConverter.UInt16BitsToHalf(value);

    public static explicit operator float(Float16 value) => value.ToFloat();

    public static explicit operator Float16(float value) => new(BitConverter.HalfToUInt16Bits((Half)value));

    public static bool operator ==(Float16 left, Float16 right) => BitConverter.UInt16BitsToHalf(left.value) == BitConverter.UInt16BitsToHalf(right.value);

    public static bool operator !=(Float16 left, Float16 right) => !(left == right);

    public bool Equals(Float16 other) => BitConverter.UInt16BitsToHalf(value).Equals(BitConverter.UInt16BitsToHalf(other.value));

    public override bool Equals(object obj) => obj is Float16 other && Equals(other);

    public override int GetHashCode() => BitConverter.UInt16BitsToHalf(value).GetHashCode();
}
