using System.Text;

namespace ResNet.Core;

/// <summary>The regular files of a tar archive (POSIX ustar), as slices of it. Nothing is written anywhere; a name only names the bytes.</summary>
/// <remarks>System.Formats.Tar copies, and allocates what a header says before it looks at what is there.</remarks>
internal static class TarFile
{
    private const int Block = 512;

    /// <param name="tar">The archive.</param>
    /// <param name="name">What errors call it.</param>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> tar, string name)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var archive = new ByteCursor(tar, name);
        while (archive.Remaining >= Block)
        {
            var header = archive.Span(Block, "a header");
            if (!header.ContainsAnyExcept((byte)0))
            {
                break;
            }

            Check(archive, header);
            var size = Octal(archive, header.Slice(124, 12));
            var data = archive.Bytes(size, "a file of the archive");
            archive.Skip(-size & (Block - 1), "a file of the archive");

            // '0' and NUL are regular files; links, folders and extended headers are of no use here.
            if (header[156] is 0 or (byte)'0')
            {
                var folder = header[257..].StartsWith("ustar"u8) ? Text(header.Slice(345, 155)) : "";
                files[folder.Length == 0 ? Text(header[..100]) : $"{folder}/{Text(header[..100])}"] = data;
            }
        }

        return files;
    }

    private static void Check(ByteCursor archive, ReadOnlySpan<byte> header)
    {
        // The checksum is of the header with spaces in the checksum's place.
        var sum = 8L * ' ';
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : header[i];
        }

        if (sum != Octal(archive, header.Slice(148, 8)))
        {
            throw archive.Invalid("what is compressed in it is no tar archive, or damaged.");
        }
    }

    private static long Octal(ByteCursor archive, ReadOnlySpan<byte> digits)
    {
        var value = 0L;
        foreach (var digit in digits.TrimStart((byte)' ').TrimEnd(" \0"u8))
        {
            value = digit is >= (byte)'0' and <= (byte)'7' ? (value * 8) + digit - '0' : throw archive.Invalid("a header of its archive is damaged.");
        }

        return value;
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field[..(field.IndexOf((byte)0) is >= 0 and var end ? end : field.Length)]);
}
