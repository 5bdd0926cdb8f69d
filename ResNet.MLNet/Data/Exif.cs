using System.Buffers.Binary;

namespace ResNet.MLNet;

internal static class Exif
{
    /// <summary>The orientation, 1 to 8, of a TIFF 6.0 block: a header, then the first directory's entries of 12 bytes; tag 0x0112. 1 where there is none.</summary>
    public static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8)) // some writers of PNG and WebP keep JPEG's prefix
            tiff = tiff[6..];
        if (tiff.Length < 8)
            return 1;
        var little = tiff[0] == 'I';
        int U16(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory + 2L > tiff.Length)
            return 1;
        var entries = tiff[(int)(directory + 2)..];
        for (var i = 0; i < U16(tiff[(int)directory..]) && (i + 1) * 12 <= entries.Length; i++)
        {
            var entry = entries.Slice(i * 12, 12);
            if (U16(entry) == 0x0112)
                return U16(entry[8..]) is >= 1 and <= 8 and var orientation ? orientation : 1;
        }
        return 1;
    }
}
