namespace TorchSharp.Utils;

/// <summary>Unsigned numbers in as few bytes as they need, seven bits a byte, the lowest first.</summary>
internal static class LEB128
{
    internal static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        writer.Write7BitEncodedInt64(value);
    }

    internal static long Decode(this BinaryReader reader) => reader.Read7BitEncodedInt64();
}
