using System.Text;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>
/// Reads the fields of one message of a protobuf file up to its end. What is not asked for is jumped over, so that a
/// model's weights are never read. The runtime has accepted the file before; a broken one still cannot lead outside of it.
/// </summary>
internal sealed class ProtobufReader(Stream stream, long end)
{
    private int _wire;

    /// <summary>The next field's number, or 0 behind the last; a value that nobody read has to be skipped.</summary>
    public int NextField()
    {
        if (stream.Position >= end) return 0;
        ulong tag = ReadVarint();
        _wire = (int)(tag & 7);
        return (int)(tag >> 3);
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = stream.ReadByte();
            if (next < 0) break;
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
        throw new InvalidDataException("The ONNX model is no valid protobuf file.");
    }

    /// <summary>The message in this field; it has to be read to its end, or <see cref="Skip"/>ped in it.</summary>
    public ProtobufReader Message() => new(stream, Length());

    public string ReadText()
    {
        var bytes = new byte[Length() - stream.Position];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    public void Skip()
    {
        switch (_wire)
        {
            case 0: ReadVarint(); break;
            case 1: stream.Position += 8; break;
            case 2: stream.Position = Length(); break;
            case 5: stream.Position += 4; break;
            default: throw new InvalidDataException("The ONNX model is no valid protobuf file.");
        }
    }

    /// <summary>Reads each field by <paramref name="read"/>, which says whether it took the value.</summary>
    public void Each(Func<int, bool> read)
    {
        for (int field = NextField(); field != 0; field = NextField())
            if (!read(field)) Skip();
    }

    // Where this field's content ends.
    private long Length()
    {
        ulong length = ReadVarint();
        long start = stream.Position;
        return start <= end && length <= (ulong)(end - start) ? start + (long)length : throw new InvalidDataException("The ONNX model is no valid protobuf file.");
    }
}
