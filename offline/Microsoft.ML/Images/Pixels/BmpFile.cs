using System.Buffers.Binary;

namespace Microsoft.ML.Data;

/// <summary>Prepares a BMP file for the decoder, which wants all that the header promises: a file cut short is completed with zeros.</summary>
internal static class BmpFile
{
    private const int LongestHead = 2048;

    /// <summary>The file to decode, or an empty one if its header is wrong or most of it is missing.</summary>
    public static ReadOnlySpan<byte> Prepare(ReadOnlySpan<byte> file, ImageHeader header)
    {
        bool old = BinaryPrimitives.ReadInt32LittleEndian(file[14..]) == 12;
        int bits = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[24..]) : file.Length < 34 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        uint packing = old || file.Length < 50 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(file[30..]);
        uint colors = old || file.Length < 50 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(file[46..]);
        if (packing > 3 || colors > 256) return [];
        bool packed = packing is 1 or 2;
        long start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        // Rows take whole groups of 4 bytes; run lengths end by two bytes of their own.
        long pixels = packed ? file.Length + 2 : ((long)header.Width * bits + 31) / 32 * 4 * header.Height;
        long whole = Math.Max(LongestHead, start + pixels);
        if (whole <= file.Length) return file;
        if (whole > Array.MaxLength || whole > LongestHead + 64L * file.Length) return [];
        var complete = new byte[whole];
        file.CopyTo(complete);
        if (packed) complete[file.Length + 1] = 1;
        return complete;
    }
}
