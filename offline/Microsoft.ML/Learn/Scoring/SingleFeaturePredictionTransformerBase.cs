using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A model that reads one column of features.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(TModel model, string featureColumn, DataViewType featureType) : base(model) =>
        (FeatureColumnName, FeatureColumnType) = (featureColumn, featureType);

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        var features = inputSchema.GetColumnOrNull(FeatureColumnName) ?? throw Errors.MissingColumn("feature", FeatureColumnName);
        if (!features.Type.Equals(FeatureColumnType))
            throw Errors.WrongColumn("feature", FeatureColumnName, FeatureColumnType.ToString(), features.Type.ToString());
        return MakeMap(inputSchema).Bindings.Schema;
    }

    /// <summary>The column of features, as scoring rows needs it: any vector of the right length.</summary>
    private protected DataViewSchema.Column FindFeatures(DataViewSchema schema)
    {
        var features = schema.GetColumnOrNull(FeatureColumnName) ?? throw Errors.Param(nameof(schema), $"{FeatureColumnName} column 'Feature' not found");
        var (found, trained) = (features.Type, FeatureColumnType);
        Check.That(found.ItemType().Equals(trained.ItemType()), $"Incompatible features column type item type: '{found.ItemType()}' vs '{trained.ItemType()}'");
        Check.That(found is VectorDataViewType && found.ValueCount() == trained.ValueCount(), $"Incompatible features column type: '{found}' vs '{trained}'");
        return features;
    }
}
