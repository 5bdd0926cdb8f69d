using System.Buffers.Binary;
using System.Text;

namespace ResNet.MLNet;

/// <summary>What an image file's structure says, without decoding it.</summary>
/// <param name="Problem">Why the file can't be used, in words that follow its name ("is empty"), or null.</param>
/// <param name="Orientation">
/// The EXIF orientation, 1 to 8; 1 is upright. ML.NET's <c>LoadImages</c> does not apply it.
/// </param>
public sealed record ImageFile(string? Problem, int Orientation = 1)
{
    /// <summary>
    /// Looks for what decoders forgive and models suffer from: a file that is no image, or that breaks off (a decoder
    /// fills the missing part with gray). Walks the container's segments; no pixel is decoded.
    /// </summary>
    /// <param name="path">A JPEG, PNG, GIF, BMP or WebP file.</param>
    public static ImageFile Inspect(string path)
    {
        try
        {
            return Inspect(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"can't be read ({e.Message})");
        }
    }

    internal static ImageFile Inspect(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            return new("is empty (0 bytes)");
        if (file.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF }))
            return Jpeg(file);
        if (file.StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }))
            return new(Png(file));
        if (file.StartsWith("GIF8"u8))
            return new(file[^1] == 0x3B ? null : BreaksOff);
        if (file.StartsWith("BM"u8) && file.Length >= 6)
            return new(BinaryPrimitives.ReadUInt32LittleEndian(file[2..]) <= file.Length ? null : BreaksOff);
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
            return new(BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L <= file.Length ? null : BreaksOff);
        return new($"is not a JPEG, PNG, GIF, BMP or WebP image (it begins with \"{Printable(file[..Math.Min(12, file.Length)])}\")");
    }

    private const string BreaksOff = "breaks off before the end of the image";

    // ITU-T T.81, annex B: marker segments up to the scan; entropy-coded data never contain FF D9.
    private static ImageFile Jpeg(ReadOnlySpan<byte> file)
    {
        var orientation = 1;
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
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
                return new(BreaksOff);
            var body = file.Slice(at + 4, length - 2);
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
                orientation = ExifOrientation(body[6..]);
            at += 2 + length;
            if (marker == 0xDA)
                return new(file[at..].IndexOf(new byte[] { 0xFF, 0xD9 }) >= 0 ? null : BreaksOff, orientation);
        }
        return new(BreaksOff);
    }

    // TIFF 6.0: a header, then the first directory's 12-byte entries; tag 0x0112 is the orientation.
    private static int ExifOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return 1;
        var little = tiff[0] == 'I';
        int U16(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory + 2 > tiff.Length)
            return 1;
        var entries = tiff[(int)(directory + 2)..];
        for (var i = 0; i < U16(tiff[(int)directory..]) && (i + 1) * 12 <= entries.Length; i++)
        {
            var entry = entries.Slice(i * 12, 12);
            if (U16(entry) == 0x0112)
                return Math.Clamp(U16(entry[8..]), 1, 8);
        }
        return 1;
    }

    private static string? Png(ReadOnlySpan<byte> file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            var chunk = file[(int)at..];
            if (chunk[4..].StartsWith("IEND"u8))
                return null;
            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }
        return BreaksOff;
    }

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes).Select(c => c is >= ' ' and <= '~' ? c : '.'));
}
