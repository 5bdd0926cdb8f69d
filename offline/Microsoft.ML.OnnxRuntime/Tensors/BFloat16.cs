namespace Microsoft.ML.OnnxRuntime;

/// <summary>The upper half of a single's bits.</summary>
public readonly struct BFloat16(ushort v) : IEquatable<BFloat16>
{
    public readonly ushort value = v;

    public float ToFloat() => BitConverter.UInt32BitsToSingle((uint)value << 16);

    public static explicit operator float(BFloat16 value) => value.ToFloat();

    // To the nearest, ties to even; the payload of a NaN must not be rounded away.
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new((ushort)(float.IsNaN(value) ? (bits >> 16) | 0x40 : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    public static bool operator ==(BFloat16 left, BFloat16 right) => left.ToFloat() == right.ToFloat();

    public static bool operator !=(BFloat16 left, BFloat16 right) => !(left == right);

    public bool Equals(BFloat16 other) => ToFloat().Equals(other.ToFloat());

    public override bool Equals(object obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ToFloat().GetHashCode();
}
