using System.Buffers.Binary;

namespace ResNet.Core;

/// <summary>
/// A zip file whose entries are stored, as PyTorch writes it (ZIP64, too). Entries are slices of the file, so none can be
/// larger than it, and nothing is ever extracted: names only choose among entries.
/// </summary>
internal sealed class StoredZip
{
    private const int EndLength = 22;
    private readonly ByteCursor file;
    private readonly ReadOnlyMemory<byte> data;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private long found;

    private readonly record struct Entry(long Header, long Size, uint Crc, int Method, bool Encrypted);

    public StoredZip(ReadOnlyMemory<byte> data, string name)
    {
        this.data = data;
        file = new(data, name);
        var (offset, count) = Directory();
        var directory = At(offset, "the zip's directory");
        for (var i = 0UL; i < count; i++)
        {
            ReadEntry(directory);
        }
    }

    public static bool Recognize(ReadOnlySpan<byte> data) => data.StartsWith("PK\x03\x04"u8) || data.StartsWith("PK\x05\x06"u8);

    public IEnumerable<string> Names => entries.Keys;

    /// <summary>The bytes of an entry, checked against their checksum; null where there is none of that name.</summary>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (entry.Method != 0 || entry.Encrypted)
        {
            throw file.Invalid($"its entry {name} is {(entry.Encrypted ? "encrypted" : "compressed")}; PyTorch stores entries as they are. Unpack the zip and save the weights again in PyTorch.");
        }

        var local = At(entry.Header, $"the header of {name}");
        var header = local.Span(30, $"the header of {name}");
        if (!header.StartsWith("PK\x03\x04"u8))
        {
            throw file.Invalid($"its entry {name} is not where the zip's directory says; the file is damaged.");
        }

        local.Skip(BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]), $"the header of {name}");
        var bytes = local.Bytes(entry.Size, name);

        // Entries that lie upon each other would take the time of many files to check.
        found += entry.Size;
        if (found > data.Length)
        {
            throw file.Invalid("its entries overlap: together they are larger than the file.");
        }

        // 0: written without checksums (torch.serialization.set_crc32_options).
        return entry.Crc == 0 || Crc32.Of(bytes.Span) == entry.Crc
            ? bytes
            : throw file.Invalid($"its entry {name} does not have its checksum; the file is damaged. Get it again.");
    }

    private (long Offset, ulong Count) Directory()
    {
        var span = data.Span;
        for (var end = span.Length - EndLength; end >= Math.Max(0, span.Length - EndLength - ushort.MaxValue); end--)
        {
            if (!span[end..].StartsWith("PK\x05\x06"u8) || end + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(span[(end + 20)..]) != span.Length)
            {
                continue;
            }

            // ZIP64: a locator before the end points to a longer record.
            if (end >= 20 && span[(end - 20)..].StartsWith("PK\x06\x07"u8))
            {
                var record = At(BinaryPrimitives.ReadInt64LittleEndian(span[(end - 12)..]), "the zip's end record").Span(56, "the zip's end record");
                return record.StartsWith("PK\x06\x06"u8)
                    ? (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadUInt64LittleEndian(record[32..]))
                    : throw file.Invalid("the zip's end record is not where it should be; the file is damaged.");
            }

            return (BinaryPrimitives.ReadUInt32LittleEndian(span[(end + 16)..]), BinaryPrimitives.ReadUInt16LittleEndian(span[(end + 10)..]));
        }

        throw file.Invalid("this zip has no end record; the file is cut off.");
    }

    private void ReadEntry(ByteCursor directory)
    {
        const string What = "the zip's directory";
        var fixedPart = directory.Span(46, What);
        if (!fixedPart.StartsWith("PK\x01\x02"u8))
        {
            throw file.Invalid("the zip's directory is damaged.");
        }

        var (flags, method) = (BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[8..]), BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[10..]));
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[16..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[42..]);
        var name = directory.Text(BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]), "a name in the zip's directory");
        var extra = directory.Over(directory.Bytes(BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[30..]), What));
        directory.Skip(BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[32..]), What);

        while (extra.Remaining >= 4)
        {
            var (id, length) = (extra.UInt16(What), extra.UInt16(What));
            var field = directory.Over(extra.Bytes(length, $"{name}'s extra field"));
            if (id == 1)
            {
                size = size == uint.MaxValue ? field.Int64(What) : size;
                packed = packed == uint.MaxValue ? field.Int64(What) : packed;
                header = header == uint.MaxValue ? field.Int64(What) : header;
            }
        }

        if (method == 0 && packed != size)
        {
            throw file.Invalid($"its entry {name} has two sizes, {size} and {packed}; the file is damaged.");
        }

        if (!entries.TryAdd(name, new(header, size, crc, method, (flags & 1) != 0)))
        {
            throw file.Invalid($"its entry {name} comes twice.");
        }
    }

    private ByteCursor At(long offset, string what)
    {
        var cursor = file.Over(data);
        cursor.Skip(offset, what);
        return cursor;
    }
}
