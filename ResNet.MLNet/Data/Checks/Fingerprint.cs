using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Data;

/// <summary>What tells whether two image files are the same, or look the same.</summary>
/// <param name="Content">SHA-256 of the file's bytes.</param>
/// <param name="Look">A difference hash of the picture; null where it was not wanted or the picture is all of one colour.</param>
internal readonly record struct Fingerprint((UInt128, UInt128) Content, ulong? Look)
{
    private const int Columns = 9, Rows = 8;

    public static (UInt128, UInt128) OfBytes(ReadOnlySpan<byte> file)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file, hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    /// <summary>
    /// dHash: the picture in 9×8 gray pixels (bilinear with antialiasing, ITU-R 601 luma), and of each whether its right
    /// neighbour is brighter. Row by row, the first bit highest, as Python's imagehash has it.
    /// </summary>
    public static ulong? Difference(RgbImage image)
    {
        var small = image.Resized(Columns, Rows).Pixels;
        Span<byte> gray = stackalloc byte[Columns * Rows];
        for (var i = 0; i < gray.Length; i++)
            gray[i] = (byte)((19595 * small[3 * i] + 38470 * small[3 * i + 1] + 7471 * small[3 * i + 2] + 0x8000) >> 16);
        var hash = 0UL;
        for (var i = 0; i < gray.Length; i++)
            if (i % Columns != Columns - 1)
                hash = hash << 1 | (gray[i + 1] > gray[i] ? 1UL : 0);
        // All plain pictures look alike to it, whatever their colour.
        return gray.IndexOfAnyExcept(gray[0]) < 0 ? null : hash;
    }

    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);
}
