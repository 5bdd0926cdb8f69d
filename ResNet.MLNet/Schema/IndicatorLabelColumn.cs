using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Schema;

/// <summary>Any number of classes an image: a vector with a slot for each class.</summary>
internal sealed class IndicatorLabelColumn : LabelColumn
{
    // So many classes are listed in a message.
    private const int Listed = 10;

    public IndicatorLabelColumn(string name, IReadOnlyList<string> names)
        : base(name, names)
    {
    }

    public static IndicatorLabelColumn Of(DataViewSchema schema, string name)
    {
        var column = Columns.Find(schema, name, "label");
        CheckType(column);
        var size = ((VectorDataViewType)column.Type).Size;
        return size >= 2
            ? new(name, NamesOf(column, size))
            : throw new ArgumentException($"The label column '{name}' has {size} class; a classifier needs two or more.");
    }

    public static void CheckShape(SchemaShape.Column column)
    {
        if (column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Vector || !Suits(column.ItemType))
            throw new ArgumentException(Wrong(column.Name, $"{(column.Kind, column.IsKey) switch
            {
                (SchemaShape.Column.VectorKind.Scalar, true) => "a key",
                (SchemaShape.Column.VectorKind.VariableVector, _) => $"a vector of unknown size of {column.ItemType}",
                _ => $"{column.Kind} of {column.ItemType}",
            }}", column.IsKey || column.ItemType is TextDataViewType, column.Kind == SchemaShape.Column.VectorKind.Scalar));
    }

    public override void CheckSameOrder(DataViewSchema schema)
    {
        if (schema.GetColumnOrNull(Name) is { Type: VectorDataViewType { Size: > 0 } type } column && Suits(type.ItemType)) CheckSameNames(column);
    }

    /// <summary>Throws when another column's slots are named otherwise, or in another order.</summary>
    public void CheckSameNames(DataViewSchema.Column column)
    {
        var others = NamesOf(column, ((VectorDataViewType)column.Type).Size);
        if (others.Length != Names.Count)
            throw new InvalidOperationException($"Column '{column.Name}' has {others.Length} classes, not {Names.Count}. {Remedy}");
        for (var i = 0; i < others.Length; i++)
            if (others[i] != Names[i])
                throw new InvalidOperationException(
                    $"The slots of column '{column.Name}' do not name the same classes in the same order as '{Name}': slot {i} is '{others[i]}', not '{Names[i]}', " +
                    $"so evaluating would compare different classes. {Remedy}");
    }

    private const string Remedy = "Make the vectors with the transforms that were fitted on the training data, or drop the column.";

    public override Func<ClassShare[]?> Reader(DataViewRow row)
    {
        var column = Columns.Find(row.Schema, Name, "label");
        CheckType(column);
        return ((VectorDataViewType)column.Type).ItemType is BooleanDataViewType
            ? Read<bool>(row, column, value => value ? 1 : 0)
            : Read<float>(row, column, value => value);
    }

    public override ImageLabels Of(IReadOnlyList<ClassShare[]> rows) => ImageLabels.Several(rows, Names.Count);

    public override void Check(ImageLabels labels, Action<string> warn)
    {
        var counts = labels.ByClass().Select(images => images.Length).ToArray();
        if (counts.All(count => count == 0))
            throw new InvalidDataException(
                $"None of the {labels.Count} rows of the training data has any of the {Names.Count} classes in column '{Name}'; a row has a class where its slot is true, or 1.");
        Warn(0, "No row of the training data has", "so nothing can be learnt of it");
        Warn(labels.Count, "Every row of the training data has", "so nothing tells it from the others");

        void Warn(int count, string what, string why)
        {
            var found = Enumerable.Range(0, counts.Length).Where(i => counts[i] == count).Select(i => $"'{Names[i]}'").ToArray();
            if (found.Length > 0)
                warn($"{what} {(found.Length == 1 ? "the class" : $"one of the {found.Length} classes")} {string.Join(", ", found.Take(Listed))}{(found.Length > Listed ? ", …" : "")}, {why}.");
        }
    }

    private static void CheckType(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { IsKnownSize: true } type || !Suits(type.ItemType))
            throw new ArgumentException(Wrong(
                column.Name, $"{column.Type}", column.Type.RawType == typeof(uint) || column.Type is KeyDataViewType or TextDataViewType or VectorDataViewType { ItemType: KeyDataViewType or TextDataViewType },
                column.Type is not VectorDataViewType));
    }

    private static bool Suits(DataViewType item) => item is BooleanDataViewType || item == NumberDataViewType.Single;

    private static string Wrong(string name, string type, bool isNames, bool isScalar) =>
        $"The label column '{name}' is {type}, but must be a vector of known size of Boolean or Single, with a slot for each class: 1 where the image has it, 0 where not. " + (isNames, isScalar) switch
        {
            (true, true) => "For one class an image train with Trainers.ResNetClassification; or make the vector with " +
                $"ml.Transforms.Conversion.MapValueToKey(\"{name}\") and MapKeyToVector(\"{name}\").",
            (true, false) => $"Put ml.Transforms.Conversion.MapValueToKey(\"{name}\") and MapKeyToVector(\"{name}\", outputCountVector: true) before the trainer.",
            _ => "Give a property float[] or bool[] its size with [VectorType(classes)], or open the list with ImageList and a LabelSeparator.",
        };

    private Func<ClassShare[]?> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> share)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        var found = new List<ClassShare>();
        return () =>
        {
            getter(ref value);
            if (value.Length != Names.Count)
                throw new InvalidDataException($"Row {row.Position} (from 0) has {value.Length} values in column '{Name}', but there are {Names.Count} classes.");
            found.Clear();
            // Sparse vectors have their slots in order.
            var values = value.GetValues();
            var indices = value.GetIndices();
            for (var i = 0; i < values.Length; i++)
            {
                var label = value.IsDense ? i : indices[i];
                var has = share(values[i]);
                if (float.IsNaN(has)) return null;
                if (has is < 0 or > 1)
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"Row {row.Position} (from 0) has {has} for the class '{Names[label]}' in column '{Name}', but it must be 0 (absent), 1 (present) or between. ") +
                        "A count above 1 comes of a label that is given twice.");
                if (has > 0) found.Add(new(label, has));
            }
            return [.. found];
        };
    }

    private static string[] NamesOf(DataViewSchema.Column column, int size)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames()) column.GetSlotNames(ref names);
        var given = names.DenseValues().Select(name => name.ToString()).ToArray();
        return [.. Enumerable.Range(0, size).Select(i => i < given.Length && given[i].Length > 0 ? given[i] : FormattableString.Invariant($"{i}"))];
    }
}
