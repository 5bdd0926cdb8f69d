using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The vector of several columns' values, sparse where that is smaller.</summary>
internal sealed class ConcatenationMap : RowMap
{
    private readonly string _name;
    private readonly DataViewSchema.Column[] _inputs;
    private readonly VectorDataViewType _type;

    public ConcatenationMap(DataViewSchema schema, string name, DataViewSchema.Column[] inputs) : base(schema)
    {
        (_name, _inputs) = (name, inputs);
        var sizes = inputs.Select(c => c.Type.ValueCount()).ToArray();
        _type = new VectorDataViewType((PrimitiveDataViewType)inputs[0].Type.ItemType(), sizes.Contains(0) ? 0 : sizes.Sum());
    }

    public override DataViewSchema.DetachedColumn[] GetOutputColumns() => [new(_name, _type, Annotations())];

    public override IEnumerable<int> GetDependencies(int output) => _inputs.Select(c => c.Index);

    private DataViewSchema.Annotations Annotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (_type.ItemType is NumberDataViewType && _inputs.All(c => c.IsNormalized())) builder.AddIsNormalized();
        if (_type.IsKnownSize)
        {
            if (_inputs.Any(c => c.Type is not VectorDataViewType || c.HasSlotNames())) builder.AddSlotNames(SlotNames());
            int[] ranges = CategoricalRanges();
            if (ranges.Length > 0)
                builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
                    (ref VBuffer<int> value) => VBuffer<int>.Copy(ranges, 0, ref value, ranges.Length));
        }
        return builder.ToAnnotations();
    }

    /// <summary>A scalar's slot has the column's name, a vector's slots "column.slot" where they have names.</summary>
    private string[] SlotNames() => [.. _inputs.SelectMany(column =>
    {
        if (column.Type is not VectorDataViewType vector) return [column.Name];
        if (!column.HasSlotNames()) return Enumerable.Repeat("", vector.Size);
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? "" : $"{column.Name}.{name}");
    })];

    private int[] CategoricalRanges()
    {
        var ranges = new List<int>();
        int offset = 0;
        foreach (var column in _inputs)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges) is { Type: VectorDataViewType { ItemType: var item } } && item == NumberDataViewType.Int32)
            {
                VBuffer<int> own = default;
                column.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref own);
                foreach (int slot in own.DenseValues()) ranges.Add(offset + slot);
            }
            offset += column.Type.ValueCount();
        }
        return [.. ranges];
    }

    public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
    {
        dispose = null;
        return Generic.Invoke<Delegate>(Typed<int>, _type.ItemType.RawType, input);
    }

    private ValueGetter<VBuffer<T>> Typed<T>(DataViewRow row)
    {
        var parts = Array.ConvertAll(_inputs, column => Part<T>(row, column));
        var values = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0, count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i](ref values[i]);
                length += values[i].Length;
                count += values[i].GetValues().Length;
            }
            destination = count <= length / 2 ? Sparse(values, ref destination, length, count) : Dense(values, ref destination, length);
        };
    }

    private static ValueGetter<VBuffer<T>> Part<T>(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
        {
            var get = row.GetGetter<VBuffer<T>>(column);
            return (ref VBuffer<T> value) =>
            {
                get(ref value);
                if (vector.IsKnownSize && value.Length != vector.Size)
                    throw new InvalidOperationException($"Column '{column.Name}': expected {vector.Size} slots, but got {value.Length}");
            };
        }
        var scalar = row.GetGetter<T>(column);
        return (ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            scalar(ref editor.Values[0]);
            value = editor.Commit();
        };
    }

    private static VBuffer<T> Dense<T>(VBuffer<T>[] parts, ref VBuffer<T> destination, int length)
    {
        var editor = VBufferEditor.Create(ref destination, length);
        int offset = 0;
        foreach (var part in parts)
        {
            part.CopyTo(editor.Values, offset);
            offset += part.Length;
        }
        return editor.Commit();
    }

    private static VBuffer<T> Sparse<T>(VBuffer<T>[] parts, ref VBuffer<T> destination, int length, int count)
    {
        var editor = VBufferEditor.Create(ref destination, length, count);
        int offset = 0, at = 0;
        foreach (var part in parts)
        {
            var values = part.GetValues();
            var indices = part.GetIndices();
            for (int i = 0; i < values.Length; i++, at++)
            {
                editor.Values[at] = values[i];
                if (count < length) editor.Indices[at] = offset + (part.IsDense ? i : indices[i]);
            }
            offset += part.Length;
        }
        return editor.Commit();
    }
}
