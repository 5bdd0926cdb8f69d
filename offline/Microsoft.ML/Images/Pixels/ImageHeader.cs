using System.Buffers.Binary;

namespace Microsoft.ML.Data;

internal enum ImageFormat
{
    Unknown,
    Png,
    Jpeg,
    Bmp,
    WebP,
}

/// <summary>An image file's format and size, read before anything of it is decoded.</summary>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height)
{
    /// <summary>No picture is larger; a header that claims to be is damaged or meant to exhaust memory.</summary>
    private const int MaxSide = 1 << 20, MaxPixels = 1 << 28;

    public bool IsValid => Format != ImageFormat.Unknown && Width is > 0 and <= MaxSide && Height is > 0 and <= MaxSide && (long)Width * Height <= MaxPixels;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12) return default;
        if (file.StartsWith(PngFile.Signature)) return Png(file);
        if (file is [0xFF, 0xD8, 0xFF, ..]) return Jpeg(file);
        if (file.StartsWith("BM"u8)) return Bmp(file);
        if (file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return WebP(file);
        return default;
    }

    private static ImageHeader Png(ReadOnlySpan<byte> file) => file.Length < 24 ? default
        : new(ImageFormat.Png, BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));

    /// <summary>Walks the segments up to the start of frame, which holds the size.</summary>
    private static ImageHeader Jpeg(ReadOnlySpan<byte> file)
    {
        for (int at = 2; at + 9 <= file.Length;)
        {
            if (file[at] != 0xFF) at++; // stray bytes between segments
            else if (file[at + 1] is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8)) at += file[at + 1] == 0xFF ? 1 : 2;
            else if (file[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new(ImageFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            else at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return default;
    }

    private static ImageHeader Bmp(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26) return default;
        // OS/2's 12-byte header has 16-bit sizes; a negative height means that the first row comes first.
        bool old = BinaryPrimitives.ReadInt32LittleEndian(file[14..]) == 12;
        int width = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        int height = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[20..]) : BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        return height == int.MinValue ? default : new(ImageFormat.Bmp, width, Math.Abs(height));
    }

    private static ImageHeader WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30) return default;
        var kind = file[12..16];
        if (kind.SequenceEqual("VP8X"u8))
            return new(ImageFormat.WebP, 1 + ReadInt24(file[24..]), 1 + ReadInt24(file[27..]));
        if (kind.SequenceEqual("VP8L"u8))
        {
            uint sizes = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return new(ImageFormat.WebP, 1 + (int)(sizes & 0x3FFF), 1 + (int)(sizes >> 14 & 0x3FFF));
        }
        return new(ImageFormat.WebP, BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF);
    }

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
