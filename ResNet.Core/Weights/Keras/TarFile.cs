using System.Text;

namespace ResNet.Core;

/// <summary>
/// The regular files of a tar stream (POSIX ustar), in memory. Nothing is written anywhere; a name only names the bytes.
/// </summary>
/// <remarks>System.Formats.Tar allocates what a header says before it looks at what is there, so it is not used for files from elsewhere.</remarks>
internal static class TarFile
{
    private const int Block = 512;
    private const int LargestStep = 1 << 20;

    /// <param name="stream">Uncompressed.</param>
    /// <param name="most">The most bytes to take from the stream.</param>
    /// <param name="name">What errors call it.</param>
    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Data)> Read(Stream stream, long most, string name)
    {
        var taken = 0L;
        while (Take(Block) is var header && header.Length == Block && header.AsSpan().ContainsAnyExcept((byte)0))
        {
            CheckSum(header);
            var size = Number(header.AsSpan(124, 12));
            var data = Take(size);
            if (data.Length < size || Take(-size & (Block - 1)).Length < (-size & (Block - 1)))
            {
                throw new InvalidDataException($"{name}: the archive is cut off.");
            }

            // '0' and NUL are regular files; links, folders and extended headers are of no use here.
            if (header[156] is 0 or (byte)'0')
            {
                var prefix = header.AsSpan(257).StartsWith("ustar"u8) ? Text(header.AsSpan(345, 155)) : "";
                var own = Text(header.AsSpan(0, 100));
                yield return (prefix.Length == 0 ? own : $"{prefix}/{own}", data);
            }
        }

        // As much as there is, in steps: a size in a header is only believed as its bytes arrive.
        byte[] Take(long count)
        {
            taken += count;
            if (count > most || taken > most)
            {
                throw new InvalidDataException($"{name}: the archive unpacks to more than {most:N0} bytes; that is no compressed model.");
            }

            var buffer = new byte[Math.Min(count, LargestStep)];
            var length = 0;
            while (length < count)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(count, Math.Min(2L * buffer.Length, Array.MaxLength)));
                }

                var read = stream.Read(buffer, length, buffer.Length - length);
                if (read == 0)
                {
                    Array.Resize(ref buffer, length);
                    break;
                }

                length += read;
            }

            return buffer;
        }

        void CheckSum(ReadOnlySpan<byte> header)
        {
            var sum = 8 * (long)' ';
            for (var i = 0; i < Block; i++)
            {
                sum += i is >= 148 and < 156 ? 0 : header[i];
            }

            if (sum != Number(header.Slice(148, 8)))
            {
                throw new InvalidDataException($"{name}: what is compressed in it is no tar archive, or damaged.");
            }
        }

        long Number(ReadOnlySpan<byte> octal)
        {
            var value = 0L;
            foreach (var digit in octal.TrimStart((byte)' ').TrimEnd(" \0"u8))
            {
                value = digit is >= (byte)'0' and <= (byte)'7'
                    ? (value * 8) + digit - '0'
                    : throw new InvalidDataException($"{name}: a header in its archive is damaged.");
            }

            return value;
        }

        static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field[..(field.IndexOf((byte)0) is >= 0 and var end ? end : field.Length)]);
    }
}
