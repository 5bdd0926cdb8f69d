namespace Microsoft.ML.Data;

/// <summary>The annotations that mark one model's output columns as belonging together.</summary>
internal static class ScoreColumnSets
{
    private static readonly KeyDataViewType IdType = new(typeof(uint), int.MaxValue);

    /// <summary>The number for the next set: one more than the schema's highest.</summary>
    public static uint Next(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId)?.Type is not KeyDataViewType { RawType: var raw } || raw != typeof(uint)) continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }
        return highest + 1;
    }

    public static void Annotate(DataViewSchema.Annotations.Builder builder, uint set, string valueKind)
    {
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, IdType, set);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
    }

    /// <summary>The shapes of <see cref="Annotate"/>'s annotations.</summary>
    public static SchemaShape.Column[] Shapes =>
    [
        new(AnnotationKinds.ScoreColumnSetId, IdType),
        new(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance),
        new(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance),
    ];
}
