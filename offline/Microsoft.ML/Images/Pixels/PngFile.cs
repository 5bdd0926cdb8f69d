using System.Buffers.Binary;
using System.IO.Compression;

namespace Microsoft.ML.Data;

/// <summary>
/// Prepares a PNG file for the decoder: only the chunks that make the pixels stay (profiles and gamma play no part
/// in ML.NET's images), and a file cut short is completed with black or transparent rows.
/// </summary>
internal static class PngFile
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>The file to decode, or an empty one if it is damaged.</summary>
    public static ReadOnlySpan<byte> Prepare(ReadOnlySpan<byte> file)
    {
        if (file.Length < 33 || !file[8..16].SequenceEqual("\0\0\0\rIHDR"u8)) return [];
        long unpacked = RawLength(file[16..29]);
        // Deflate packs at best 1032 bytes into one: a header that promises more is there to exhaust memory.
        if (unpacked > Math.Min(Array.MaxLength, 1040L * file.Length)) return [];
        var clean = new MemoryStream(file.Length);
        clean.Write(Signature);
        var data = new MemoryStream();
        long head = 0;
        for (var rest = file[Signature.Length..]; rest.Length >= 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var kind = rest[4..8];
            bool isWhole = length + 12L <= rest.Length, isData = kind.SequenceEqual("IDAT"u8);
            if (isData && head == 0) head = clean.Length;
            if (isData) data.Write(rest[8..(isWhole ? (int)length + 8 : rest.Length)]);
            if (!isWhole) break;
            var chunk = rest[..((int)length + 12)];
            rest = rest[chunk.Length..];
            if (!IsNeeded(kind)) continue;
            if (BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]) != Crc(chunk[4..^4])) return [];
            clean.Write(chunk);
            if (kind.SequenceEqual("IEND"u8)) return clean.GetBuffer().AsSpan(0, head > 0 ? (int)clean.Length : 0);
        }
        if (head == 0) return [];
        clean.SetLength(head);
        clean.Position = head;
        WriteChunk(clean, "IDAT"u8, Complete(data, new byte[unpacked]));
        WriteChunk(clean, "IEND"u8, []);
        return clean.GetBuffer().AsSpan(0, (int)clean.Length);
    }

    private static bool IsNeeded(ReadOnlySpan<byte> kind) => kind.SequenceEqual("IHDR"u8) || kind.SequenceEqual("PLTE"u8)
        || kind.SequenceEqual("tRNS"u8) || kind.SequenceEqual("IDAT"u8) || kind.SequenceEqual("IEND"u8);

    /// <summary>What can be unpacked of the pixels, followed by zeros, packed again.</summary>
    private static byte[] Complete(MemoryStream data, byte[] raw)
    {
        data.Position = 0;
        using (var unpack = new ZLibStream(data, CompressionMode.Decompress))
        {
            try
            {
                for (int at = 0, read = 1; read > 0 && at < raw.Length; at += read) read = unpack.Read(raw, at, raw.Length - at);
            }
            catch (InvalidDataException)
            {
                // What was unpacked before the damage stays.
            }
        }
        var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) pack.Write(raw);
        return packed.ToArray();
    }

    /// <summary>Bytes of all rows with their filter bytes; an interlaced image is seven small ones.</summary>
    private static long RawLength(ReadOnlySpan<byte> header)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        int bits = header[8] * header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        if (header[12] == 0) return Rows(width, height);
        long sum = 0;
        foreach (var (x, y, dx, dy) in new[] { (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2) })
            sum += Rows((width - x + dx - 1) / dx, (height - y + dy - 1) / dy);
        return sum;

        long Rows(int w, int h) => w <= 0 || h <= 0 ? 0 : h * (1 + ((long)w * bits + 7) / 8);
    }

    private static void WriteChunk(Stream to, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        to.Write(number);
        to.Write(kind);
        to.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body, Crc(kind, 0)));
        to.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        crc = ~crc;
        foreach (byte b in bytes) crc = Table[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint crc = (uint)n;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        return crc;
    })];
}
