namespace Microsoft.ML.Data;

/// <summary>Column values of one .NET type as bytes, and how one is copied into a caller's variable.</summary>
internal abstract class ValueCodec<T>
{
    public abstract void Write(BinaryWriter writer, T value);

    public abstract T Read(BinaryReader reader);

    public virtual void Copy(T value, ref T destination) => destination = value;
}

internal static class ValueCodec
{
    /// <summary>The codec of a primitive column type's raw type, or of a vector of them.</summary>
    public static ValueCodec<T> For<T>() => (ValueCodec<T>)(object)Make(typeof(T));

    private static object Make(Type raw)
    {
        if (raw.IsGenericType && raw.GetGenericTypeDefinition() == typeof(VBuffer<>))
            return Generic.Invoke<object>(Vector<int>, raw.GetGenericArguments()[0]);
        if (raw == typeof(sbyte)) return Plain((w, v) => w.Write(v), r => r.ReadSByte());
        if (raw == typeof(byte)) return Plain((w, v) => w.Write(v), r => r.ReadByte());
        if (raw == typeof(short)) return Plain((w, v) => w.Write(v), r => r.ReadInt16());
        if (raw == typeof(ushort)) return Plain((w, v) => w.Write(v), r => r.ReadUInt16());
        if (raw == typeof(int)) return Plain((w, v) => w.Write(v), r => r.ReadInt32());
        if (raw == typeof(uint)) return Plain((w, v) => w.Write(v), r => r.ReadUInt32());
        if (raw == typeof(long)) return Plain((w, v) => w.Write(v), r => r.ReadInt64());
        if (raw == typeof(ulong)) return Plain((w, v) => w.Write(v), r => r.ReadUInt64());
        if (raw == typeof(float)) return Plain((w, v) => w.Write(v), r => r.ReadSingle());
        if (raw == typeof(double)) return Plain((w, v) => w.Write(v), r => r.ReadDouble());
        if (raw == typeof(bool)) return Plain((w, v) => w.Write(v), r => r.ReadBoolean());
        if (raw == typeof(ReadOnlyMemory<char>)) return Plain((w, v) => w.Write(v.ToString()), r => r.ReadString().AsMemory());
        if (raw == typeof(TimeSpan)) return Plain((w, v) => w.Write(v.Ticks), r => new TimeSpan(r.ReadInt64()));
        if (raw == typeof(DateTime)) return Plain((w, v) => w.Write(v.ToBinary()), r => DateTime.FromBinary(r.ReadInt64()));
        if (raw == typeof(DateTimeOffset))
            return Plain((w, v) => { w.Write(v.Ticks); w.Write(v.Offset.Ticks); }, r => new DateTimeOffset(r.ReadInt64(), new TimeSpan(r.ReadInt64())));
        if (raw == typeof(DataViewRowId))
            return Plain((w, v) => { w.Write(v.Low); w.Write(v.High); }, r => new DataViewRowId(r.ReadUInt64(), r.ReadUInt64()));
        throw new NotSupportedException($"Values of type {raw} cannot be stored");
    }

    private static PlainCodec<T> Plain<T>(Action<BinaryWriter, T> write, Func<BinaryReader, T> read) => new(write, read);

    private static object Vector<T>() => new VectorCodec<T>(For<T>());

    private sealed class PlainCodec<T>(Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : ValueCodec<T>
    {
        public override void Write(BinaryWriter writer, T value) => write(writer, value);

        public override T Read(BinaryReader reader) => read(reader);
    }

    private sealed class VectorCodec<T>(ValueCodec<T> item) : ValueCodec<VBuffer<T>>
    {
        public override void Write(BinaryWriter writer, VBuffer<T> value)
        {
            writer.Write(value.Length);
            writer.Write(value.IsDense);
            writer.Write(value.GetValues().Length);
            foreach (var element in value.GetValues()) item.Write(writer, element);
            foreach (int index in value.GetIndices()) writer.Write(index);
        }

        public override VBuffer<T> Read(BinaryReader reader)
        {
            int length = reader.ReadInt32();
            bool dense = reader.ReadBoolean();
            var values = new T[reader.ReadInt32()];
            for (int i = 0; i < values.Length; i++) values[i] = item.Read(reader);
            if (dense) return new VBuffer<T>(length, values);
            var indices = new int[values.Length];
            for (int i = 0; i < indices.Length; i++) indices[i] = reader.ReadInt32();
            return new VBuffer<T>(length, values.Length, values, indices);
        }

        public override void Copy(VBuffer<T> value, ref VBuffer<T> destination) => value.CopyTo(ref destination);
    }
}
