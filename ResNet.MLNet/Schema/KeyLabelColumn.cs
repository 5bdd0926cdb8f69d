using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Schema;

/// <summary>One class an image: a key.</summary>
internal sealed class KeyLabelColumn : LabelColumn
{
    private readonly ClassShare[][] _classes;

    private KeyLabelColumn(string name, IReadOnlyList<string> names, DataViewSchema.Annotations keyValues)
        : base(name, names) =>
        (KeyValues, _classes) = (keyValues, [.. Enumerable.Range(0, names.Count).Select(i => new[] { new ClassShare(i, 1) })]);

    public override DataViewSchema.Annotations KeyValues { get; }

    public static KeyLabelColumn Of(DataViewSchema schema, string name)
    {
        var column = Columns.Find(schema, name, "label");
        if (column.Type is not KeyDataViewType key)
            throw new ArgumentException(NotAKey(name, $"{column.Type}", column.Type is VectorDataViewType));
        if (key.Count > int.MaxValue)
            throw new ArgumentException(
                $"The label column '{name}' is a key without a known number of values. Make the keys with MapValueToKey, or give KeyTypeAttribute the count.");
        if (key.Count < 2)
            throw new ArgumentException($"The label column '{name}' has {key.Count} class; a classifier needs two or more.");

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(column.Annotations, kind => kind == OutputColumns.KeyValues);
        return new(name, NamesOf(column) ?? Enumerable.Range(0, (int)key.Count).Select(i => $"{i}").ToArray(), annotations.ToAnnotations());
    }

    public override void CheckSameOrder(DataViewSchema schema)
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

    public override Func<ClassShare[]?> Reader(DataViewRow row)
    {
        var column = Columns.Find(row.Schema, Name, "label");
        if (column.Type is not KeyDataViewType) throw new ArgumentException(NotAKey(Name, $"{column.Type}", column.Type is VectorDataViewType));
        return column.Type.RawType switch
        {
            var type when type == typeof(byte) => Read<byte>(row, column, value => value),
            var type when type == typeof(ushort) => Read<ushort>(row, column, value => value),
            var type when type == typeof(uint) => Read<uint>(row, column, value => value),
            _ => Read<ulong>(row, column, value => value),
        };
    }

    public override ImageLabels Of(IReadOnlyList<ClassShare[]> rows) => ImageLabels.One([.. rows.Select(row => row[0].Class)], Names.Count);

    public override void Check(ImageLabels labels, Action<string> warn)
    {
        if (labels.OneEach.Distinct().Take(2).Count() < 2)
            throw new InvalidDataException(
                $"All {labels.Count} rows of the training data have the label '{Names[labels[0][0].Class]}'; " +
                "a classifier needs rows of two or more classes.");
    }

    public static string NotAKey(string name, string type, bool isVector) =>
        $"The label column '{name}' is {type}, but must be a key. " + (isVector
            ? "For several classes an image train with Trainers.ResNetMultiLabel."
            : $"Put ml.Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer.");

    private Func<ClassShare[]?> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            // 0 is a missing label.
            var key = convert(value);
            return key > 0 && key <= (ulong)_classes.Length ? _classes[key - 1] : null;
        };
    }

    private static string[]? NamesOf(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(OutputColumns.KeyValues) is { } values && ItemType.Find(values.Type) is { } item
            ? item.KeyNames(column)
            : null;
}
