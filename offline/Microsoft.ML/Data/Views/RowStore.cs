namespace Microsoft.ML.Data;

/// <summary>Values of one column kept by slot, to be read in any order.</summary>
internal abstract class RowStore
{
    /// <summary>Takes the current row's value into a slot; the store grows as needed.</summary>
    public abstract void Take(int slot);

    /// <summary>A getter of the value in the slot that <paramref name="slot"/> yields when it is called.</summary>
    public abstract Delegate MakeGetter(Func<int> slot);

    public static RowStore Of(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Generic.Invoke<RowStore>(Vectors<int>, vector.ItemType.RawType, row, column)
        : Generic.Invoke<RowStore>(Scalars<int>, column.Type.RawType, row, column);

    /// <summary>A store of the rows' ids.</summary>
    public static RowStore OfIds(DataViewRow row) => new Scalar<DataViewRowId>(row.GetIdGetter());

    private static RowStore Scalars<T>(DataViewRow row, DataViewSchema.Column column) => new Scalar<T>(row.GetGetter<T>(column));

    private static RowStore Vectors<T>(DataViewRow row, DataViewSchema.Column column) => new Vector<T>(row.GetGetter<VBuffer<T>>(column));

    private abstract class Store<T>(ValueGetter<T> source) : RowStore
    {
        protected T[] Values = new T[16];

        public sealed override void Take(int slot)
        {
            if (slot >= Values.Length) Array.Resize(ref Values, Math.Max(slot + 1, 2 * Values.Length));
            source(ref Values[slot]);
        }
    }

    private sealed class Scalar<T>(ValueGetter<T> source) : Store<T>(source)
    {
        public override Delegate MakeGetter(Func<int> slot) => (ValueGetter<T>)((ref T value) => value = Values[slot()]);
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> source) : Store<VBuffer<T>>(source)
    {
        public override Delegate MakeGetter(Func<int> slot) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => Values[slot()].CopyTo(ref value));
    }
}
