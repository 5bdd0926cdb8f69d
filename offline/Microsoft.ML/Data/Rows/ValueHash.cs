namespace Microsoft.ML.Data;

/// <summary>Hashes of column values: a key from 1 up to 2^bits, 0 for a missing value (NaN, the missing key, empty text).</summary>
internal static class ValueHash
{
    public const uint DefaultSeed = 314489979;

    /// <summary>Adds one value to a running hash; false for a missing value.</summary>
    private delegate bool Adder<T>(T value, ref uint hash, ref int bytes);

    /// <summary>A hash of one value under a seed.</summary>
    public static Func<T, uint, uint> Of<T>(DataViewType item, int bits)
    {
        var add = (Adder<T>)AdderFor(item);
        bool finished = item is TextDataViewType;
        return (value, seed) =>
        {
            int bytes = 0;
            return add(value, ref seed, ref bytes) ? Key(finished ? seed : Murmur.Finish(seed, bytes), bits) : 0;
        };
    }

    /// <summary>A function that hashes a column's value, of a vector all its values into one hash.</summary>
    public static Func<uint> OfColumn(DataViewRow row, DataViewSchema.Column column, uint seed, int bits) => column.Type is VectorDataViewType vector
        ? Generic.Invoke<Func<uint>>(OfVector<int>, vector.ItemType.RawType, row, column, seed, bits)
        : Generic.Invoke<Func<uint>>(OfScalar<int>, column.Type.RawType, row, column, seed, bits);

    private static Func<uint> OfScalar<T>(DataViewRow row, DataViewSchema.Column column, uint seed, int bits)
    {
        var get = row.GetGetter<T>(column);
        var hash = Of<T>(column.Type, bits);
        T value = default;
        return () =>
        {
            get(ref value);
            return hash(value, seed);
        };
    }

    private static Func<uint> OfVector<T>(DataViewRow row, DataViewSchema.Column column, uint seed, int bits)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var item = column.Type.ItemType();
        var add = (Adder<T>)AdderFor(item);
        VBuffer<T> values = default;
        return () =>
        {
            get(ref values);
            uint hash = seed;
            int bytes = 0;
            foreach (var value in values.DenseValues())
                if (!add(value, ref hash, ref bytes)) return 0;
            return Key(item is TextDataViewType ? hash : Murmur.Finish(hash, bytes), bits);
        };
    }

    private static uint Key(uint hash, int bits) => (hash & (uint)((1UL << bits) - 1)) + 1;

    private static Delegate AdderFor(DataViewType item) => item switch
    {
        KeyDataViewType => Generic.Invoke<Delegate>(Keys<uint>, item.RawType),
        TextDataViewType => (Adder<ReadOnlyMemory<char>>)Text,
        BooleanDataViewType => Words<bool>(value => value ? 1u : 0),
        DateTimeDataViewType => TwoWords<DateTime>(value => (ulong)value.Ticks),
        TimeSpanDataViewType => TwoWords<TimeSpan>(value => (ulong)value.Ticks),
        DateTimeOffsetDataViewType => TwoWords<DateTimeOffset>(value => (ulong)value.UtcTicks),
        RowIdDataViewType => (Adder<DataViewRowId>)Id,
        _ when item == NumberDataViewType.Single => (Adder<float>)Single,
        _ when item == NumberDataViewType.Double => (Adder<double>)Double,
        _ when item == NumberDataViewType.SByte => Words<sbyte>(value => (uint)value),
        _ when item == NumberDataViewType.Byte => Words<byte>(value => value),
        _ when item == NumberDataViewType.Int16 => Words<short>(value => (uint)value),
        _ when item == NumberDataViewType.UInt16 => Words<ushort>(value => value),
        _ when item == NumberDataViewType.Int32 => Words<int>(value => (uint)value),
        _ when item == NumberDataViewType.UInt32 => Words<uint>(value => value),
        _ when item == NumberDataViewType.Int64 => TwoWords<long>(value => (ulong)value),
        _ when item == NumberDataViewType.UInt64 => TwoWords<ulong>(value => value),
        _ => throw new InvalidOperationException($"Values of type {item} cannot be hashed"),
    };

    private static Adder<T> Words<T>(Func<T, uint> word) => (T value, ref uint hash, ref int bytes) =>
    {
        hash = Murmur.Round(hash, word(value));
        bytes += sizeof(uint);
        return true;
    };

    private static Adder<T> TwoWords<T>(Func<T, ulong> words) => (T value, ref uint hash, ref int bytes) => Long(words(value), ref hash, ref bytes);

    private static Delegate Keys<T>() where T : System.Numerics.IBinaryInteger<T> => (Adder<T>)((T key, ref uint hash, ref int bytes) =>
    {
        ulong value = ulong.CreateTruncating(key);
        if (value == 0) return false;
        if (typeof(T) == typeof(ulong)) return Long(value, ref hash, ref bytes);
        hash = Murmur.Round(hash, (uint)value);
        bytes += sizeof(uint);
        return true;
    });

    private static bool Long(ulong value, ref uint hash, ref int bytes)
    {
        hash = Murmur.Round(Murmur.Round(hash, (uint)value), (uint)(value >> 32));
        bytes += sizeof(ulong);
        return true;
    }

    private static bool Id(DataViewRowId id, ref uint hash, ref int bytes) => Long(id.Low, ref hash, ref bytes) && Long(id.High, ref hash, ref bytes);

    private static bool Text(ReadOnlyMemory<char> text, ref uint hash, ref int bytes)
    {
        hash = Murmur.Text(hash, text.Span.Trim(' '));
        return !text.IsEmpty;
    }

    private static bool Single(float value, ref uint hash, ref int bytes)
    {
        hash = Murmur.Round(hash, value == 0 ? 0 : BitConverter.SingleToUInt32Bits(value));
        bytes += sizeof(float);
        return !float.IsNaN(value);
    }

    private static bool Double(double value, ref uint hash, ref int bytes) =>
        Long(value == 0 ? 0 : BitConverter.DoubleToUInt64Bits(value), ref hash, ref bytes) && !double.IsNaN(value);
}
