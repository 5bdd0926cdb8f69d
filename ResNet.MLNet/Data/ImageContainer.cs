using System.Buffers.Binary;

namespace ResNet.MLNet;

/// <summary>Walks an image file's segments or chunks, as far as its size, its orientation and its end need it.</summary>
internal static class ImageContainer
{
    private const string BreaksOff = "breaks off before the end of the image";

    public static ImageFile Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return new("is empty (0 bytes)");
        if (file.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }))
            return Jpeg(file);
        if (file.StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }))
            return Png(file);
        if (file.StartsWith("GIF8"u8))
            return file.Length < 10 || file[^1] != 0x3B ? new(BreaksOff) : new(null, 1, U16(file[6..], little: true), U16(file[8..], little: true));
        if (file.StartsWith("BM"u8))
            return Bmp(file);
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
            return WebP(file);
        return new($"is not a JPEG, PNG, GIF, BMP or WebP image (it begins with \"{ImageFile.Printable(file[..Math.Min(12, file.Length)])}\")");
    }

    // ITU-T T.81, annex B: marker segments up to the scan; entropy-coded data never contain FF D9.
    private static ImageFile Jpeg(ReadOnlySpan<byte> file)
    {
        var found = new ImageFile(null);
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF)
                return new("is a damaged JPEG (a marker is missing)");
            var marker = file[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }
            var length = U16(file[(at + 2)..], little: false);
            if (length < 2 || at + 2 + length > file.Length)
                return new(BreaksOff);
            var body = file.Slice(at + 4, length - 2);
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
                found = found with { Orientation = Exif.Orientation(body[6..]) };
            // Start of frame: precision, height, width.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && body.Length >= 5)
                found = found with { Height = U16(body[1..], little: false), Width = U16(body[3..], little: false) };
            at += 2 + length;
            if (marker == 0xDA)
                return file[at..].IndexOf(new byte[] { 0xFF, 0xD9 }) >= 0 ? found : found with { Problem = BreaksOff };
        }
        return new(BreaksOff);
    }

    private static ImageFile Png(ReadOnlySpan<byte> file)
    {
        var found = new ImageFile(null);
        for (long at = 8; at + 12 <= file.Length;)
        {
            var chunk = file[(int)at..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (chunk[4..].StartsWith("IEND"u8))
                return found;
            if (at + 12 + length > file.Length)
                return new(BreaksOff);
            if (chunk[4..].StartsWith("IHDR"u8) && length >= 8)
                found = found with { Width = Size(chunk[8..]), Height = Size(chunk[12..]) };
            else if (chunk[4..].StartsWith("eXIf"u8))
                found = found with { Orientation = Exif.Orientation(chunk.Slice(8, (int)length)) };
            at += 12L + length;
        }
        return new(BreaksOff);

        static int Size(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
    }

    private static ImageFile Bmp(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26 || BinaryPrimitives.ReadUInt32LittleEndian(file[2..]) > file.Length)
            return new(BreaksOff);
        // OS/2's header of 12 bytes has sizes of 16 bits; a negative height says that the first row comes first.
        return BinaryPrimitives.ReadInt32LittleEndian(file[14..]) == 12
            ? new(null, 1, U16(file[18..], little: true), U16(file[20..], little: true))
            : new(null, 1, BinaryPrimitives.ReadInt32LittleEndian(file[18..]), (int)Math.Min(Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])), int.MaxValue));
    }

    // RFC 9649. The first chunk holds the size: VP8 (lossy), VP8L (lossless) or VP8X (with others to follow, EXIF among them).
    private static ImageFile WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30 || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L > file.Length)
            return new(BreaksOff);
        var found = new ImageFile(null);
        var first = file[12..];
        if (first.StartsWith("VP8X"u8))
            found = found with { Width = 1 + U24(file[24..]), Height = 1 + U24(file[27..]) };
        else if (first.StartsWith("VP8L"u8))
        {
            var sizes = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            found = found with { Width = 1 + (int)(sizes & 0x3FFF), Height = 1 + (int)((sizes >> 14) & 0x3FFF) };
        }
        else
            found = found with { Width = U16(file[26..], little: true) & 0x3FFF, Height = U16(file[28..], little: true) & 0x3FFF };
        for (long at = 12; at + 8 <= file.Length;)
        {
            var chunk = file[(int)at..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("EXIF"u8) && 8 + length <= chunk.Length)
                found = found with { Orientation = Exif.Orientation(chunk.Slice(8, (int)length)) };
            at += 8L + length + (length & 1);
        }
        return found;
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static int U24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
