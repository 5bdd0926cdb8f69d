using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The names of the annotations that components exchange, and how the usual ones are made.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";
    public const string TrainingLabelValues = "TrainingLabelValues";

    public static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType item, T[] values) =>
        builder.Add(kind, new VectorDataViewType(item, values.Length), (ref VBuffer<T> destination) => VBuffer<T>.Copy(values, 0, ref destination, values.Length));

    public static void AddText(this DataViewSchema.Annotations.Builder builder, string kind, IEnumerable<string> values) =>
        builder.AddVector(kind, TextDataViewType.Instance, values.Select(v => v.AsMemory()).ToArray());

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, IEnumerable<string> names) =>
        builder.AddText(SlotNames, names);

    public static void AddIsNormalized(this DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, true);
}
