namespace Microsoft.ML.Data;

/// <summary>Functions that move a column's value into a member of an object.</summary>
internal static class MemberSetters<TRow> where TRow : class
{
    public static Action<TRow> Make(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var type = target.ValueType;
        if (type == typeof(string)) return Text(row, source, target);
        if (type == typeof(string[])) return Texts(row, source, target);
        if (type.IsArray) return Generic.Invoke<Action<TRow>>(Array<int>, type.GetElementType(), row, source, target);
        if (source.Type is VectorDataViewType vector) return Generic.Invoke<Action<TRow>>(Buffer<int>, vector.ItemType.RawType, row, source, target);
        // A member declared as one registered type, over a column of another that nobody registered: ML.NET's own words.
        if (source.Type is not PrimitiveDataViewType && !DataViewTypeManager.Knows(source.Type))
            throw new NotImplementedException($"Type '{type.FullName}' is not yet supported.");
        return Generic.Invoke<Action<TRow>>(Direct<int>, type, row, source, target);
    }

    private static Action<TRow> Direct<T>(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var get = row.GetGetter<T>(source);
        var write = target.Writer<TRow, T>();
        T value = default;
        return to =>
        {
            get(ref value);
            write(to, value);
        };
    }

    private static Action<TRow> Text(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(source);
        var write = target.Writer<TRow, string>();
        ReadOnlyMemory<char> value = default;
        return to =>
        {
            get(ref value);
            write(to, value.ToString());
        };
    }

    private static Action<TRow> Texts(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(source);
        var read = target.Reader<TRow, string[]>();
        var write = target.Writer<TRow, string[]>();
        VBuffer<ReadOnlyMemory<char>> value = default;
        return to =>
        {
            get(ref value);
            var values = Fitting(read(to), value.Length);
            int i = 0;
            foreach (var text in value.DenseValues()) values[i++] = text.ToString();
            write(to, values);
        };
    }

    /// <summary>An array of the right length that the object already has is filled, not replaced; none is as good as an empty one.</summary>
    private static T[] Fitting<T>(T[] array, int length) => (array?.Length ?? 0) == length ? array : new T[length];

    private static Action<TRow> Array<T>(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var get = row.GetGetter<VBuffer<T>>(source);
        var read = target.Reader<TRow, T[]>();
        var write = target.Writer<TRow, T[]>();
        VBuffer<T> value = default;
        return to =>
        {
            get(ref value);
            var values = Fitting(read(to), value.Length);
            value.CopyTo(values);
            write(to, values);
        };
    }

    private static Action<TRow> Buffer<T>(DataViewRow row, DataViewSchema.Column source, ObjectColumn target)
    {
        var get = row.GetGetter<VBuffer<T>>(source);
        var read = target.Reader<TRow, VBuffer<T>>();
        var write = target.Writer<TRow, VBuffer<T>>();
        return to =>
        {
            var value = read(to);
            get(ref value);
            write(to, value);
        };
    }
}
