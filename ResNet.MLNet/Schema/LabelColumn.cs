using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Schema;

/// <summary>The classes, as the training label's key type gives them: how many, what they are called, in which order.</summary>
internal sealed class LabelColumn
{
    private LabelColumn(string name, IReadOnlyList<string> names, DataViewSchema.Annotations keyValues) =>
        (Name, Names, KeyValues) = (name, names, keyValues);

    public string Name { get; }

    /// <summary>The key values as text, or "0", "1", … for a key column without KeyValues.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The KeyValues annotation in its own type; empty for a key column without KeyValues.</summary>
    public DataViewSchema.Annotations KeyValues { get; }

    public static LabelColumn Of(DataViewSchema schema, string name)
    {
        var column = Columns.Find(schema, name, "label");
        if (column.Type is not KeyDataViewType key)
            throw new ArgumentException(NotAKey(name, $"{column.Type}"));
        if (key.Count > int.MaxValue)
            throw new ArgumentException(
                $"The label column '{name}' is a key without a known number of values. Make the keys with MapValueToKey, or give KeyTypeAttribute the count.");
        if (key.Count < 2)
            throw new ArgumentException($"The label column '{name}' has {key.Count} class; a classifier needs two or more.");

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(column.Annotations, kind => kind == OutputColumns.KeyValues);
        return new(name, NamesOf(column) ?? Enumerable.Range(0, (int)key.Count).Select(i => $"{i}").ToArray(), annotations.ToAnnotations());
    }

    /// <summary>Throws when another view's label column gives its keys in another order than the training data:
    /// Evaluate compares keys by number, so its figures would be wrong without a sign of it.</summary>
    public void CheckSameOrder(DataViewSchema schema)
    {
        if (schema.GetColumnOrNull(Name) is not { Type: KeyDataViewType } column || KeyValues.Schema.Count == 0 || NamesOf(column) is not { } others)
            return;
        for (var i = 0; i < Math.Min(Names.Count, others.Length); i++)
            if (others[i] != Names[i])
                throw new InvalidOperationException(
                    $"The keys of column '{Name}' are in another order than in training: key {i + 1} is '{others[i]}' here " +
                    $"and was '{Names[i]}' there, so evaluating would compare different classes. Map the labels with the MapValueToKey " +
                    "that was fitted on the training data (one chain for mapping and training does), or drop the column.");
    }

    /// <summary>How a row's label is read, as a key's number: 0 for a missing label, else 1 to the number of classes.</summary>
    public Func<ulong> Reader(DataViewRow row)
    {
        var column = Columns.Find(row.Schema, Name, "label");
        if (column.Type is not KeyDataViewType) throw new ArgumentException(NotAKey(Name, $"{column.Type}"));
        return column.Type.RawType switch
        {
            var type when type == typeof(byte) => Read<byte>(row, column, value => value),
            var type when type == typeof(ushort) => Read<ushort>(row, column, value => value),
            var type when type == typeof(uint) => Read<uint>(row, column, value => value),
            _ => Read<ulong>(row, column, value => value),
        };
    }

    public static string NotAKey(string name, string type) =>
        $"The label column '{name}' is {type}, but must be a key. Put ml.Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer.";

    private static Func<ulong> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }

    private static string[]? NamesOf(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(OutputColumns.KeyValues) is { } values && ItemType.Find(values.Type) is { } item
            ? item.KeyNames(column)
            : null;
}
