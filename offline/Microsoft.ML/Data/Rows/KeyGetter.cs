namespace Microsoft.ML.Data;

/// <summary>Keys of any raw type, widened: 0 is the missing key, 1 the first.</summary>
internal static class KeyGetter
{
    public static Func<ulong> Of(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Invoke<Func<ulong>>(Typed<uint>, column.Type.RawType, row, column);

    private static Func<ulong> Typed<T>(DataViewRow row, DataViewSchema.Column column) where T : System.Numerics.IBinaryInteger<T>
    {
        var get = row.GetGetter<T>(column);
        T key = default;
        return () =>
        {
            get(ref key);
            return ulong.CreateTruncating(key);
        };
    }
}
