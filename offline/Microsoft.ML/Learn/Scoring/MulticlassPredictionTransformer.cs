namespace Microsoft.ML.Data;

/// <summary>A multiclass model: adds PredictedLabel, a key of the training label's values, and Score, one value for each class.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>, ISavable where TModel : class
{
    private readonly DataViewSchema _trainSchema;
    private readonly string _labelColumn;

    /// <param name="trainSchema">The schema that the model was trained on; the label's key values come from there.</param>
    internal MulticlassPredictionTransformer(TModel model, DataViewSchema trainSchema, string featureColumn, string labelColumn)
        : base(model, featureColumn, trainSchema[featureColumn].Type) => (_trainSchema, _labelColumn) = (trainSchema, labelColumn);

    private protected override RowMap MakeMap(DataViewSchema schema) =>
        new MulticlassMap(schema, FindFeatures(schema), (IClassScorer)Model, _trainSchema[_labelColumn].Annotations);

    private protected override void SaveModel(ModelSaveContext context) => context.Save(this);

    string ISavable.LoaderName => MulticlassPredictionTransformer.LoaderName;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.SavePart("Model", (ICanSaveModel)Model);
        writer.SaveEntry("TrainSchema", stream => SchemaCodec.Write(stream, _trainSchema));
        writer.Write(FeatureColumnName);
        writer.Write(_labelColumn);
    }
}

internal static class MulticlassPredictionTransformer
{
    public const string LoaderName = "MulticlassPredXfer";

    public static ICanSaveModel Load(ModelReader reader)
    {
        var model = reader.LoadPart<ICanSaveModel>("Model");
        using var stream = reader.OpenEntry("TrainSchema");
        var schema = SchemaCodec.Read(stream);
        return Generic.Invoke<ICanSaveModel>(Make<object>, model.GetType(), model, schema, reader.ReadString(), reader.ReadString());
    }

    private static ICanSaveModel Make<TModel>(TModel model, DataViewSchema schema, string features, string label) where TModel : class =>
        new MulticlassPredictionTransformer<TModel>(model, schema, features, label);
}
