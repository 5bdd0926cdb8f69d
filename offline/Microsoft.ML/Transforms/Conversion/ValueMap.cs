using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A look-up from the values of one column type to those of another.</summary>
internal abstract class ValueMap
{
    public abstract DataViewType ValueType { get; }

    public abstract DataViewSchema.Annotations ValueAnnotations { get; }

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void Write(BinaryWriter writer);

    /// <summary>A look-up of the pairs that two columns of a view hold.</summary>
    public static ValueMap Of(IDataView data, DataViewSchema.Column key, DataViewSchema.Column value)
    {
        using var cursor = data.GetRowCursor([key, value]);
        return Generic.Invoke<ValueMap>(Of<int, int>, [key.Type.RawType, value.Type.RawType], cursor, key, value);
    }

    private static ValueMap Of<TKey, TValue>(DataViewRowCursor cursor, DataViewSchema.Column key, DataViewSchema.Column value)
    {
        var getKey = cursor.GetGetter<TKey>(key);
        var getValue = cursor.GetGetter<TValue>(value);
        var pairs = new List<KeyValuePair<TKey, TValue>>();
        while (cursor.MoveNext())
        {
            // Variables of this row alone: what they hold is kept.
            TKey k = default;
            TValue v = default;
            getKey(ref k);
            getValue(ref v);
            pairs.Add(new(k, v));
        }
        return new ValueMap<TKey, TValue>(key.Type, value.Type, value.Annotations, pairs);
    }

    public static ValueMap Read(BinaryReader reader)
    {
        var (key, value) = (TypeCodec.Read(reader), TypeCodec.Read(reader));
        return Generic.Invoke<ValueMap>(Read<int, int>, [key.RawType, value.RawType], reader, key, value);
    }

    private static ValueMap Read<TKey, TValue>(BinaryReader reader, DataViewType key, DataViewType value)
    {
        var (keys, values) = (ValueCodec.For<TKey>(), ValueCodec.For<TValue>());
        var pairs = new KeyValuePair<TKey, TValue>[reader.ReadInt32()];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = new(keys.Read(reader), values.Read(reader));
        var annotations = new DataViewSchema.Annotations.Builder();
        if (reader.ReadBoolean())
        {
            var type = TypeCodec.Read(reader);
            Generic.Invoke<object>(ReadKeyValues<int>, type.ItemType().RawType, reader, type, annotations);
        }
        return new ValueMap<TKey, TValue>(key, value, annotations.ToAnnotations(), pairs);
    }

    private static object ReadKeyValues<T>(BinaryReader reader, DataViewType type, DataViewSchema.Annotations.Builder annotations)
    {
        var values = ValueCodec.For<VBuffer<T>>().Read(reader);
        annotations.Add(AnnotationKinds.KeyValues, type, (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) => values.CopyTo(ref destination)));
        return null;
    }

    protected static object WriteKeyValues<T>(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(AnnotationKinds.KeyValues, ref values);
        ValueCodec.For<VBuffer<T>>().Write(writer, values);
        return null;
    }
}

internal sealed class ValueMap<TKey, TValue> : ValueMap
{
    private readonly DataViewType _keyType;
    private readonly Dictionary<TKey, TValue> _values = new(TextComparer.EqualityOf<TKey>());
    private readonly TValue _missing;

    public ValueMap(DataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations, IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        (_keyType, ValueType, ValueAnnotations) = (keyType, valueType, annotations);
        foreach (var (key, value) in pairs)
            if (!_values.TryAdd(key, value)) throw new InvalidOperationException($"Duplicate keys in data '{key}'");
        // What is not in the map becomes what empty text would.
        if (valueType is not VectorDataViewType && Conversions.Find(TextDataViewType.Instance, valueType) is Func<ReadOnlyMemory<char>, TValue> parse)
            _missing = parse(default);
    }

    public override DataViewType ValueType { get; }

    public override DataViewSchema.Annotations ValueAnnotations { get; }

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        if (item.RawType != typeof(TKey))
            throw new InvalidOperationException($"Invalid TValue: '{typeof(TKey)}', expected type: '{item.RawType}'.");
        if (ValueType is not VectorDataViewType) return ItemGetters.Make<TKey, TValue>(row, column, key => _values.GetValueOrDefault(key, _missing));
        // Each row gets a copy of a vector that the map keeps.
        var codec = ValueCodec.For<TValue>();
        var get = row.GetGetter<TKey>(column);
        TKey input = default;
        return (ValueGetter<TValue>)((ref TValue output) =>
        {
            get(ref input);
            codec.Copy(_values.GetValueOrDefault(input, _missing), ref output);
        });
    }

    public override void Write(BinaryWriter writer)
    {
        var (keys, values) = (ValueCodec.For<TKey>(), ValueCodec.For<TValue>());
        TypeCodec.Write(writer, _keyType);
        TypeCodec.Write(writer, ValueType);
        writer.Write(_values.Count);
        foreach (var (key, value) in _values)
        {
            keys.Write(writer, key);
            values.Write(writer, value);
        }
        WriteKeyValues(writer);
    }

    private void WriteKeyValues(BinaryWriter writer)
    {
        var type = ValueAnnotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type;
        writer.Write(type is not null);
        if (type is null) return;
        TypeCodec.Write(writer, type);
        Generic.Invoke<object>(WriteKeyValues<int>, type.ItemType().RawType, writer, ValueAnnotations);
    }
}
