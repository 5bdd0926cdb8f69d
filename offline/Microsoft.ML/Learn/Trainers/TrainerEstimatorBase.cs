using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>A trainer: checks the columns that it learns from, learns, and makes a transformer of the model.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel> where TModel : class
{
    private protected readonly IHost Host;

    public readonly SchemaShape.Column FeatureColumn;

    public readonly SchemaShape.Column LabelColumn;

    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(IHost host, SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight) =>
        (Host, FeatureColumn, LabelColumn, WeightColumn) = (Check.NotNull(host, nameof(host)), feature, label, weight);

    public abstract TrainerInfo Info { get; }

    public TTransformer Fit(IDataView input) => Train(input, null);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        CheckColumns(Check.NotNull(inputSchema, nameof(inputSchema)));
        return inputSchema.With(GetOutputColumns(inputSchema.Find(LabelColumn.Name)));
    }

    private protected TTransformer Train(IDataView data, TModel start)
    {
        Check.NotNull(data, nameof(data));
        CheckColumns(SchemaShape.Create(data.Schema));
        return MakeTransformer(TrainModel(data, start), data.Schema);
    }

    /// <summary>The shapes of the columns that the model adds.</summary>
    private protected abstract SchemaShape.Column[] GetOutputColumns(SchemaShape.Column label);

    /// <param name="data">Rows with the columns as <see cref="FeatureColumn"/> and the others ask.</param>
    /// <param name="start">A model to go on from, or null.</param>
    private protected abstract TModel TrainModel(IDataView data, TModel start);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private void CheckColumns(SchemaShape shape)
    {
        CheckColumn(shape, FeatureColumn, "feature", "inputSchema");
        if (WeightColumn.IsValid) CheckColumn(shape, WeightColumn, "weight", "inputSchema");
        CheckColumn(shape, LabelColumn, "label", "labelCol");
    }

    private static void CheckColumn(SchemaShape shape, SchemaShape.Column wanted, string role, string parameter)
    {
        var found = shape.Find(wanted.Name, role);
        if (!wanted.IsCompatibleWith(found)) throw Errors.WrongColumn(role, wanted.Name, wanted.GetTypeString(), found.GetTypeString(), parameter);
    }
}
