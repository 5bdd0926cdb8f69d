using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Scoring;

namespace ResNet.MLNet.Schema;

/// <summary>What is done with a column's values without knowing their .NET type: one entry for each type that a
/// primitive ML.NET column can hold. Columns of other types (images, types registered by an app) have no entry.</summary>
internal abstract class ItemType
{
    private static readonly Dictionary<Type, ItemType> Known = new ItemType[]
    {
        new Of<bool>(), new Of<sbyte>(), new Of<byte>(), new Of<short>(), new Of<ushort>(), new Of<int>(), new Of<uint>(),
        new Of<long>(), new Of<ulong>(), new Of<float>(), new Of<double>(), new Of<ReadOnlyMemory<char>>(), new Of<DateTime>(),
        new Of<DateTimeOffset>(), new Of<TimeSpan>(), new Of<DataViewRowId>(),
    }.ToDictionary(item => item.Raw);

    /// <summary>The entry for a value's type, or for the items of a vector type; null when there is none.</summary>
    public static ItemType? Find(DataViewType type) =>
        Known.GetValueOrDefault(type is VectorDataViewType vector ? vector.ItemType.RawType : type.RawType);

    protected abstract Type Raw { get; }

    /// <summary>A store for <paramref name="capacity"/> values of a source row's column.</summary>
    public abstract BufferedColumn Buffer(DataViewRow source, DataViewSchema.Column column, int capacity);

    /// <summary>The KeyValues of a key column as text, in the keys' order.</summary>
    public abstract string[] KeyNames(DataViewSchema.Column column);

    /// <summary>Adds KeyValues of this type without content, for where only the shape counts.</summary>
    public abstract void AddEmptyKeyValues(DataViewSchema.Annotations.Builder builder, PrimitiveDataViewType type);

    /// <summary>Gives a member of objects the KeyValues of a column's annotations.</summary>
    public abstract void CopyKeyValues(DataViewSchema.Annotations from, SchemaDefinition.Column to);

    private sealed class Of<T> : ItemType
    {
        protected override Type Raw => typeof(T);

        public override BufferedColumn Buffer(DataViewRow source, DataViewSchema.Column column, int capacity) =>
            column.Type is VectorDataViewType
                ? new BufferedVector<T>(source.GetGetter<VBuffer<T>>(column), capacity)
                : new BufferedScalar<T>(source.GetGetter<T>(column), capacity);

        public override string[] KeyNames(DataViewSchema.Column column)
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(OutputColumns.KeyValues, ref values);
            return values.DenseValues().Select(value => FormattableString.Invariant($"{value}")).ToArray();
        }

        public override void CopyKeyValues(DataViewSchema.Annotations from, SchemaDefinition.Column to)
        {
            VBuffer<T> values = default;
            from.GetValue(OutputColumns.KeyValues, ref values);
            to.AddAnnotation(OutputColumns.KeyValues, values, from.Schema[OutputColumns.KeyValues].Type);
        }

        public override void AddEmptyKeyValues(DataViewSchema.Annotations.Builder builder, PrimitiveDataViewType type) =>
            builder.Add(OutputColumns.KeyValues, new VectorDataViewType(type, 1), (ref VBuffer<T> values) => values = new VBuffer<T>(1, new T[1]));
    }
}
