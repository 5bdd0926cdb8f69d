using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The distinct values of a column, numbered from 1; 0 for values that it has not and for missing ones.</summary>
internal abstract class TermMap
{
    public abstract PrimitiveDataViewType Type { get; }

    public abstract int Count { get; }

    /// <summary>A getter of the keys of a column's value or values.</summary>
    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Adds the values as key values: as they are, or as text.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText);

    /// <summary>Adds as key values what the values, being keys themselves, stand for.</summary>
    public abstract void AddKeyValuesOf(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source);

    public abstract void Write(BinaryWriter writer);

    public static TermMap Read(BinaryReader reader)
    {
        var item = (PrimitiveDataViewType)TypeCodec.Read(reader);
        return Generic.Invoke<TermMap>(Read<int>, item.RawType, reader, item);
    }

    private static TermMap Read<T>(BinaryReader reader, PrimitiveDataViewType item)
    {
        var codec = ValueCodec.For<T>();
        var values = new T[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = codec.Read(reader);
        return new TermMap<T>(item, values);
    }
}

internal sealed class TermMap<T> : TermMap
{
    private readonly PrimitiveDataViewType _type;
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _keys = new(TextComparer.EqualityOf<T>());

    public TermMap(PrimitiveDataViewType type, T[] values)
    {
        (_type, _values) = (type, values);
        for (int i = 0; i < values.Length; i++) _keys[values[i]] = (uint)i + 1;
    }

    public override PrimitiveDataViewType Type => _type;

    public override int Count => _values.Length;

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column) =>
        ItemGetters.Make<T, uint>(row, column, value => _keys.GetValueOrDefault(value));

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText)
    {
        if (asText && _type is not TextDataViewType) builder.AddText(AnnotationKinds.KeyValues, _values.Select(TextFormatter.Write));
        else builder.AddVector(AnnotationKinds.KeyValues, _type, _values);
    }

    public override void AddKeyValuesOf(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source)
    {
        var item = (PrimitiveDataViewType)source.Annotations.Schema[AnnotationKinds.KeyValues].Type.ItemType();
        Generic.Invoke<object>(AddNames<int>, item.RawType, builder, source, item);
    }

    private object AddNames<TName>(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, PrimitiveDataViewType item)
    {
        VBuffer<TName> names = default;
        source.GetKeyValues(ref names);
        builder.AddVector(AnnotationKinds.KeyValues, item, Array.ConvertAll(_values, key => names.GetItemOrDefault(Convert.ToInt32(key) - 1)));
        return null;
    }

    public override void Write(BinaryWriter writer)
    {
        var codec = ValueCodec.For<T>();
        TypeCodec.Write(writer, _type);
        writer.Write(_values.Length);
        foreach (var value in _values) codec.Write(writer, value);
    }
}
