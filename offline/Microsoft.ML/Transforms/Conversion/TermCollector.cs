using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Gathers the distinct values of a column, row by row, until it has as many as it may.</summary>
internal abstract class TermCollector
{
    public abstract bool IsFull { get; }

    /// <summary>Takes the current row's value or values.</summary>
    public abstract void Take();

    public abstract TermMap Finish(bool sort);

    /// <summary>The values of several columns, read in one pass.</summary>
    public static TermMap[] Collect(IDataView data, DataViewSchema.Column[] columns, int limit, bool sort)
    {
        using var cursor = data.GetRowCursor(columns);
        var collectors = Array.ConvertAll(columns, column => Generic.Invoke<TermCollector>(Of<int>, column.Type.ItemType().RawType, cursor, column, limit));
        while (!Array.TrueForAll(collectors, c => c.IsFull) && cursor.MoveNext())
            foreach (var collector in collectors) collector.Take();
        return Array.ConvertAll(collectors, collector => collector.Finish(sort));
    }

    private static TermCollector Of<T>(DataViewRow row, DataViewSchema.Column column, int limit) =>
        new Typed<T>(row, column, (PrimitiveDataViewType)column.Type.ItemType(), limit);

    private sealed class Typed<T> : TermCollector
    {
        private readonly PrimitiveDataViewType _item;
        private readonly int _limit;
        private readonly Action _take;
        private readonly Func<T, bool> _missing;
        private readonly HashSet<T> _seen = new(TextComparer.EqualityOf<T>());
        private readonly List<T> _values = [];

        public Typed(DataViewRow row, DataViewSchema.Column column, PrimitiveDataViewType item, int limit)
        {
            (_item, _limit) = (item, limit);
            _missing = item is TextDataViewType ? value => ((ReadOnlyMemory<char>)(object)value).IsEmpty : Missing.Test<T>(item);
            _take = column.Type is VectorDataViewType ? Vector(row.GetGetter<VBuffer<T>>(column)) : Scalar(row.GetGetter<T>(column));
        }

        public override bool IsFull => _values.Count >= _limit;

        public override void Take()
        {
            if (!IsFull) _take();
        }

        public override TermMap Finish(bool sort)
        {
            if (sort) _values.Sort(TextComparer.OrderOf<T>());
            return new TermMap<T>(_item, [.. _values]);
        }

        private Action Scalar(ValueGetter<T> get)
        {
            T value = default;
            return () =>
            {
                get(ref value);
                Add(value);
            };
        }

        private Action Vector(ValueGetter<VBuffer<T>> get)
        {
            VBuffer<T> values = default;
            return () =>
            {
                get(ref values);
                foreach (var value in values.DenseValues()) Add(value);
            };
        }

        private void Add(T value)
        {
            if (!IsFull && !_missing(value) && _seen.Add(value)) _values.Add(value);
        }
    }
}
