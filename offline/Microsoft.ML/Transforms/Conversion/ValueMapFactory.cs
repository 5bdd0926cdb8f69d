using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Look-ups from pairs of .NET values: strings are text, arrays vectors of any length, values may be made keys.</summary>
internal static class ValueMapFactory
{
    public static ValueMap Of<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool valuesAsKeys)
    {
        var rows = pairs.ToArray();
        return valuesAsKeys ? WithKeys(rows) : Make(rows, TypeFor<TValue>(), DataViewSchema.Annotations.Empty);
    }

    /// <summary>Values as keys in the order in which they come; numbers that could be keys are taken as such.</summary>
    private static ValueMap WithKeys<TKey, TValue>(KeyValuePair<TKey, TValue>[] rows)
    {
        var distinct = rows.Select(row => row.Value).Distinct().ToList();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddText(AnnotationKinds.KeyValues, distinct.Select(value => value.ToString()));
        if (rows is KeyValuePair<TKey, ulong>[] wide)
            return Make(wide, new KeyDataViewType(typeof(ulong), distinct.Count), annotations.ToAnnotations());
        var keyed = rows as KeyValuePair<TKey, uint>[]
            ?? Array.ConvertAll(rows, row => new KeyValuePair<TKey, uint>(row.Key, (uint)distinct.IndexOf(row.Value) + 1));
        return Make(keyed, new KeyDataViewType(typeof(uint), distinct.Count), annotations.ToAnnotations());
    }

    private static ValueMap Make<TKey, TValue>(KeyValuePair<TKey, TValue>[] rows, DataViewType valueType, DataViewSchema.Annotations annotations)
    {
        var keyType = TypeFor<TKey>();
        var (keys, values) = (Array.ConvertAll(rows, row => row.Key), Array.ConvertAll(rows, row => row.Value));
        return Generic.Invoke<ValueMap>(MakeRaw<int, int>, [keyType.RawType, valueType.RawType],
            keyType, valueType, annotations, Raw(keys), Raw(values));
    }

    private static ValueMap MakeRaw<TKey, TValue>(DataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations, TKey[] keys, TValue[] values) =>
        new ValueMap<TKey, TValue>(keyType, valueType, annotations, keys.Zip(values, KeyValuePair.Create));

    private static DataViewType TypeFor<T>()
    {
        var member = MemberType.Of(typeof(T));
        var item = TypeExtensions.Primitive(member.Item) ?? throw new InvalidOperationException($"Unsupported type {member.Item} used in mapping.");
        return member.IsVector ? new VectorDataViewType(item) : item;
    }

    /// <summary>The values as columns hold them.</summary>
    private static Array Raw<T>(T[] values) => values switch
    {
        string[] texts => Array.ConvertAll(texts, text => text.AsMemory()),
        string[][] texts => Array.ConvertAll(texts, text => new VBuffer<ReadOnlyMemory<char>>(text.Length, Array.ConvertAll(text, t => t.AsMemory()))),
        _ when typeof(T).IsArray => Generic.Invoke<Array>(Vectors<int>, typeof(T).GetElementType(), [values]),
        _ => values,
    };

    private static Array Vectors<T>(T[][] values) => Array.ConvertAll(values, value => new VBuffer<T>(value.Length, value));
}
