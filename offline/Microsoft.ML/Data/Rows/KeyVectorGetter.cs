using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A column of keys of any raw type, scalar or vector, as vectors of 32-bit keys.</summary>
internal static class KeyVectorGetter
{
    public static ValueGetter<VBuffer<uint>> Of(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Invoke<ValueGetter<VBuffer<uint>>>(Typed<uint>, column.Type.ItemType().RawType, row, column);

    private static ValueGetter<VBuffer<uint>> Typed<T>(DataViewRow row, DataViewSchema.Column column) where T : IBinaryInteger<T>
    {
        if (column.Type is VectorDataViewType)
            return (ValueGetter<VBuffer<uint>>)ItemGetters.Make<T, uint>(row, column, uint.CreateSaturating);
        var get = row.GetGetter<T>(column);
        T key = default;
        return (ref VBuffer<uint> destination) =>
        {
            get(ref key);
            var editor = VBufferEditor.Create(ref destination, 1);
            editor.Values[0] = uint.CreateSaturating(key);
            destination = editor.Commit();
        };
    }
}
