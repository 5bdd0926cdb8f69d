namespace Microsoft.ML.Data;

/// <summary>Column types as bytes: every primitive type, keys, and vectors of them.</summary>
internal static class TypeCodec
{
    // The position in this list is what a file holds: only ever append.
    private static readonly PrimitiveDataViewType[] Plain =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    private const byte Key = 100, Vector = 101;

    public static bool CanWrite(DataViewType type) => type.ItemType() is KeyDataViewType || Array.IndexOf(Plain, type.ItemType()) >= 0;

    public static void Write(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(Vector);
                Write(writer, vector.ItemType);
                writer.Write(vector.Dimensions.Length);
                foreach (int dimension in vector.Dimensions) writer.Write(dimension);
                break;
            case KeyDataViewType key:
                writer.Write(Key);
                Write(writer, TypeExtensions.Primitive(key.RawType));
                writer.Write(key.Count);
                break;
            default:
                writer.Write((byte)Array.IndexOf(Plain, type));
                break;
        }
    }

    public static DataViewType Read(BinaryReader reader)
    {
        byte code = reader.ReadByte();
        if (code < Plain.Length) return Plain[code];
        if (code != Key && code != Vector) throw new FormatException($"Unknown type code {code}");
        var item = (PrimitiveDataViewType)Read(reader);
        if (code == Key) return new KeyDataViewType(item.RawType, reader.ReadUInt64());
        var dimensions = new int[reader.ReadInt32()];
        for (int i = 0; i < dimensions.Length; i++) dimensions[i] = reader.ReadInt32();
        return new VectorDataViewType(item, dimensions);
    }
}
