using System.Numerics;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>MurmurHash3, 32 bits (Appleby, 2011), over 32-bit words and over text as UTF-8.</summary>
internal static class Murmur
{
    public static uint Round(uint hash, uint word)
    {
        hash ^= Scramble(word);
        return BitOperations.RotateLeft(hash, 13) * 5 + 0xE6546B64;
    }

    public static uint Finish(uint hash, int bytes)
    {
        hash ^= (uint)bytes;
        hash = (hash ^ hash >> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >> 13) * 0xC2B2AE35;
        return hash ^ hash >> 16;
    }

    public static uint Text(uint seed, ReadOnlySpan<char> text)
    {
        Span<byte> bytes = text.Length <= 128 ? stackalloc byte[3 * text.Length] : new byte[3 * text.Length];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        uint hash = seed;
        int whole = bytes.Length / 4 * 4;
        for (int i = 0; i < whole; i += 4) hash = Round(hash, BitConverter.ToUInt32(bytes[i..]));
        uint rest = 0;
        for (int i = bytes.Length - 1; i >= whole; i--) rest = rest << 8 | bytes[i];
        return Finish(hash ^ Scramble(rest), bytes.Length);
    }

    private static uint Scramble(uint word) => BitOperations.RotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593;
}
