namespace Microsoft.ML.Data;

/// <summary>What the rest of the slice asks of types: item types, key counts, and the type for a .NET type.</summary>
internal static class TypeExtensions
{
    /// <summary>A vector's item type, or the type itself.</summary>
    public static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The slots of a vector (0: it varies); 1 for a scalar.</summary>
    public static int ValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };

    /// <summary>The key count as an int; 0 for anything that is no key or has more keys than an int can count.</summary>
    public static int KeyCount(this DataViewType type) => type is KeyDataViewType { Count: <= int.MaxValue } key ? (int)key.Count : 0;

    /// <summary>The same shape with other items.</summary>
    public static DataViewType WithItem(this DataViewType type, PrimitiveDataViewType item) =>
        type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;

    /// <summary>The primitive type that holds a raw .NET type, or null.</summary>
    public static PrimitiveDataViewType Primitive(Type raw)
    {
        if (raw == typeof(ReadOnlyMemory<char>) || raw == typeof(string)) return TextDataViewType.Instance;
        if (raw == typeof(bool)) return BooleanDataViewType.Instance;
        if (raw == typeof(TimeSpan)) return TimeSpanDataViewType.Instance;
        if (raw == typeof(DateTime)) return DateTimeDataViewType.Instance;
        if (raw == typeof(DateTimeOffset)) return DateTimeOffsetDataViewType.Instance;
        if (raw == typeof(DataViewRowId)) return RowIdDataViewType.Instance;
        return Number(raw);
    }

    private static NumberDataViewType Number(Type raw) => Type.GetTypeCode(raw) switch
    {
        _ when raw.IsEnum => null,
        TypeCode.SByte => NumberDataViewType.SByte,
        TypeCode.Byte => NumberDataViewType.Byte,
        TypeCode.Int16 => NumberDataViewType.Int16,
        TypeCode.UInt16 => NumberDataViewType.UInt16,
        TypeCode.Int32 => NumberDataViewType.Int32,
        TypeCode.UInt32 => NumberDataViewType.UInt32,
        TypeCode.Int64 => NumberDataViewType.Int64,
        TypeCode.UInt64 => NumberDataViewType.UInt64,
        TypeCode.Single => NumberDataViewType.Single,
        TypeCode.Double => NumberDataViewType.Double,
        _ => null,
    };

    public static PrimitiveDataViewType Primitive(this DataKind kind) => Primitive(kind.RawType());

    public static Type RawType(this DataKind kind) => kind switch
    {
        DataKind.SByte => typeof(sbyte),
        DataKind.Byte => typeof(byte),
        DataKind.Int16 => typeof(short),
        DataKind.UInt16 => typeof(ushort),
        DataKind.Int32 => typeof(int),
        DataKind.UInt32 => typeof(uint),
        DataKind.Int64 => typeof(long),
        DataKind.UInt64 => typeof(ulong),
        DataKind.Single => typeof(float),
        DataKind.Double => typeof(double),
        DataKind.String => typeof(ReadOnlyMemory<char>),
        DataKind.Boolean => typeof(bool),
        DataKind.TimeSpan => typeof(TimeSpan),
        DataKind.DateTime => typeof(DateTime),
        DataKind.DateTimeOffset => typeof(DateTimeOffset),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
