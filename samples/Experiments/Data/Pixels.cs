namespace Experiments;

internal static class Pixels
{
    /// <summary>Planes of half the width and height: means of 2×2 pixels.</summary>
    public static byte[] Halve(ReadOnlySpan<byte> planes, int side)
    {
        var half = side / 2;
        var result = new byte[planes.Length / 4];
        for (var i = 0; i < result.Length; i++)
        {
            var (plane, row, column) = (i / (half * half), i / half % half, i % half);
            var at = (plane * side * side) + (row * 2 * side) + (column * 2);
            result[i] = (byte)((planes[at] + planes[at + 1] + planes[at + side] + planes[at + side + 1] + 2) / 4);
        }

        return result;
    }
}
