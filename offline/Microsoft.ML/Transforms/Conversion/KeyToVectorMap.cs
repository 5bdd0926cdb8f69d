using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Key columns as indicators or counts: types, names of the slots, values.</summary>
internal sealed class KeyToVectorMap(DataViewSchema schema, DataViewSchema.Column[] inputs, (string, string)[] pairs, bool count)
    : OneToOneMap(schema, inputs, pairs)
{
    private static bool IsVector(DataViewType type) => type is VectorDataViewType;

    protected override DataViewType TypeOf(int output)
    {
        var type = Inputs[output].Type;
        int keys = type.ItemType().KeyCount(), slots = type.ValueCount();
        return count || slots == 1 ? new VectorDataViewType(NumberDataViewType.Single, keys) : new VectorDataViewType(NumberDataViewType.Single, slots, keys);
    }

    protected override DataViewSchema.Annotations AnnotationsOf(int output)
    {
        var input = Inputs[output];
        bool perSlot = IsVector(input.Type) && !count;
        var builder = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues(TextDataViewType.Instance))
        {
            if (!perSlot) builder.AddSlotNames(KeyValues(input));
            else if (TypeOf(output).IsKnownSizeVector())
            {
                var names = SlotNames(input).ToArray();
                builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, ((VectorDataViewType)TypeOf(output)).Dimensions),
                    (ref VBuffer<ReadOnlyMemory<char>> value) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref value, names.Length));
            }
        }
        if (!count && input.Type.ValueCount() > 0) AddRanges(builder, input.Type.ValueCount(), input.Type.ItemType().KeyCount());
        if (!count || !IsVector(input.Type)) builder.AddIsNormalized();
        return builder.ToAnnotations();
    }

    private static IEnumerable<string> KeyValues(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().Select(value => value.ToString());
    }

    /// <summary>"slot.key" for each slot, which is "[index]" where it has no name.</summary>
    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames()) column.GetSlotNames(ref names);
        var keys = KeyValues(column).ToArray();
        return Enumerable.Range(0, column.Type.ValueCount())
            .Select(slot => names.Length > 0 && !names.GetItemOrDefault(slot).IsEmpty ? names.GetItemOrDefault(slot).ToString() : $"[{slot}]")
            .SelectMany(slot => keys.Select(key => $"{slot}.{key}".AsMemory()));
    }

    private static void AddRanges(DataViewSchema.Annotations.Builder builder, int slots, int keys)
    {
        int[] ranges = [.. Enumerable.Range(0, slots).SelectMany(slot => new[] { slot * keys, (slot + 1) * keys - 1 })];
        builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, slots, 2),
            (ref VBuffer<int> value) => VBuffer<int>.Copy(ranges, 0, ref value, ranges.Length));
    }

    public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
    {
        dispose = null;
        var column = Inputs[output];
        int keys = column.Type.ItemType().KeyCount();
        var get = KeyVectorGetter.Of(input, column);
        return count && IsVector(column.Type) ? Counts(get, keys) : Indicators(get, keys);
    }

    private static ValueGetter<VBuffer<float>> Indicators(ValueGetter<VBuffer<uint>> get, int keys)
    {
        VBuffer<uint> source = default;
        return (ref VBuffer<float> destination) =>
        {
            get(ref source);
            var values = source.GetValues();
            var indices = source.GetIndices();
            var editor = VBufferEditor.Create(ref destination, checked(source.Length * keys), values.Length, requireIndicesOnDense: true);
            int found = 0;
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == 0 || values[i] > keys) continue;
                editor.Values[found] = 1;
                editor.Indices[found++] = (source.IsDense ? i : indices[i]) * keys + (int)values[i] - 1;
            }
            destination = editor.CommitTruncated(found);
        };
    }

    private static ValueGetter<VBuffer<float>> Counts(ValueGetter<VBuffer<uint>> get, int keys)
    {
        VBuffer<uint> source = default;
        return (ref VBuffer<float> destination) =>
        {
            get(ref source);
            var editor = VBufferEditor.Create(ref destination, keys);
            editor.Values.Clear();
            foreach (uint key in source.GetValues())
                if (key > 0 && key <= keys) editor.Values[(int)key - 1]++;
            destination = editor.Commit();
        };
    }
}
