using System.Buffers.Binary;
using System.Text;

namespace ResNet.Core;

/// <summary>Reads a file's bytes front to back. Every length is checked against what is left before it is used.</summary>
/// <param name="data">The bytes.</param>
/// <param name="name">What errors call them: a path, or a name for a stream.</param>
internal sealed class ByteCursor(ReadOnlyMemory<byte> data, string name)
{
    public int Position { get; private set; }

    public int Remaining => data.Length - Position;

    /// <summary>A cursor over other bytes of the same file.</summary>
    public ByteCursor Over(ReadOnlyMemory<byte> bytes) => new(bytes, name);

    public InvalidDataException Invalid(string why) => new($"{name}: {why}");

    public ReadOnlyMemory<byte> Bytes(long count, string what)
    {
        if ((ulong)count > (ulong)Remaining)
        {
            throw Invalid($"{what} at offset {Position} should have {(ulong)count} bytes, but the file has {Remaining} more; it is cut off or damaged.");
        }

        var bytes = data.Slice(Position, (int)count);
        Position += (int)count;
        return bytes;
    }

    public ReadOnlySpan<byte> Span(long count, string what) => Bytes(count, what).Span;

    public byte Byte(string what) => Span(1, what)[0];

    public ushort UInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Span(2, what));

    public int Int32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Span(4, what));

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Span(4, what));

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Span(8, what));

    /// <summary>An unsigned number of seven bits a byte, the lowest first (LEB128), at most <see cref="long.MaxValue"/>.</summary>
    public long Leb128(string what)
    {
        var value = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte(what);
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return (long)value;
            }
        }

        throw Invalid($"{what} before offset {Position} is no LEB128 number below 2^63.");
    }

    /// <summary>Text in UTF-8.</summary>
    public string Text(long bytes, string what)
    {
        var at = Position;
        try
        {
            return Strict.GetString(Span(bytes, what));
        }
        catch (DecoderFallbackException)
        {
            throw Invalid($"{what} at offset {at} is no UTF-8 text.");
        }
    }

    /// <summary>Text up to the next line feed, which is skipped.</summary>
    public string Line(string what)
    {
        var length = data.Span[Position..].IndexOf((byte)'\n');
        var line = Text(length < 0 ? (long)Remaining + 1 : length, what);
        Position++;
        return line;
    }

    public void Skip(long count, string what) => Bytes(count, what);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
