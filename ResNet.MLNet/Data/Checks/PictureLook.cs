using System.Numerics;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Data;

/// <summary>
/// A picture in 9×8 gray pixels (bilinear with antialiasing, ITU-R 601 luma) and its difference hash (dHash): of each pixel
/// whether its right neighbour is brighter, row by row, the first bit highest, as Python's imagehash has it.
/// </summary>
internal sealed class PictureLook
{
    private const int Columns = 9, Rows = 8;
    private readonly byte[] _gray;

    private PictureLook(byte[] gray, ulong hash) => (_gray, Hash) = (gray, hash);

    public ulong Hash { get; }

    /// <summary>null for a plain picture: those all have the same hash, whatever their colour.</summary>
    public static PictureLook? Of(RgbImage image)
    {
        var small = image.Resized(Columns, Rows).Pixels;
        var gray = new byte[Columns * Rows];
        for (var i = 0; i < gray.Length; i++)
            gray[i] = (byte)((19595 * small[3 * i] + 38470 * small[3 * i + 1] + 7471 * small[3 * i + 2] + 0x8000) >> 16);
        if (gray.AsSpan().IndexOfAnyExcept(gray[0]) < 0)
            return null;
        var hash = 0UL;
        for (var i = 0; i < gray.Length; i++)
            if (i % Columns != Columns - 1)
                hash = hash << 1 | (gray[i + 1] > gray[i] ? 1UL : 0);
        return new(gray, hash);
    }

    /// <summary>Bits in which the hashes differ, 0 to 64.</summary>
    public int Distance(PictureLook other) => BitOperations.PopCount(Hash ^ other.Hash);

    /// <summary>Mean difference of the gray pixels, 0 to 255. The hash alone takes any two trousers on black for one.</summary>
    public double GrayDifference(PictureLook other)
    {
        var sum = 0;
        for (var i = 0; i < _gray.Length; i++)
            sum += Math.Abs(_gray[i] - other._gray[i]);
        return sum / (double)_gray.Length;
    }
}
