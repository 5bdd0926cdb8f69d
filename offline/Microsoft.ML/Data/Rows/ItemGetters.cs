namespace Microsoft.ML.Data;

/// <summary>Getters that apply a function to a column's value, of a vector to each of its values.</summary>
internal static class ItemGetters
{
    public static Delegate Make<TIn, TOut>(DataViewRow row, DataViewSchema.Column column, Func<TIn, TOut> map) =>
        column.Type is VectorDataViewType ? Vector(row.GetGetter<VBuffer<TIn>>(column), map) : Scalar(row.GetGetter<TIn>(column), map);

    private static ValueGetter<TOut> Scalar<TIn, TOut>(ValueGetter<TIn> get, Func<TIn, TOut> map)
    {
        TIn input = default;
        return (ref TOut output) =>
        {
            get(ref input);
            output = map(input);
        };
    }

    private static ValueGetter<VBuffer<TOut>> Vector<TIn, TOut>(ValueGetter<VBuffer<TIn>> get, Func<TIn, TOut> map)
    {
        // A sparse vector stays sparse if its implicit values map to implicit values.
        var ofDefault = new Lazy<TOut>(() => map(default));
        VBuffer<TIn> input = default;
        return (ref VBuffer<TOut> output) =>
        {
            get(ref input);
            var values = input.GetValues();
            bool sparse = !input.IsDense && EqualityComparer<TOut>.Default.Equals(ofDefault.Value, default);
            var editor = VBufferEditor.Create(ref output, input.Length, sparse ? values.Length : input.Length);
            if (input.IsDense || sparse)
            {
                for (int i = 0; i < values.Length; i++) editor.Values[i] = map(values[i]);
                input.GetIndices().CopyTo(editor.Indices);
            }
            else
            {
                editor.Values.Fill(ofDefault.Value);
                var indices = input.GetIndices();
                for (int i = 0; i < values.Length; i++) editor.Values[indices[i]] = map(values[i]);
            }
            output = editor.Commit();
        };
    }
}
