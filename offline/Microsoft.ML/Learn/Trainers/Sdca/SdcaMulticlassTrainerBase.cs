using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class SdcaMulticlassTrainerBase<TModel> : SdcaTrainerBase<SdcaMulticlassTrainerBase<TModel>.MulticlassOptions, MulticlassPredictionTransformer<TModel>, TModel>
    where TModel : class
{
    private protected SdcaMulticlassTrainerBase(IHost host, MulticlassOptions options) : base(host, options, TrainerColumns.KeyLabel(options.LabelColumnName)) { }

    public class MulticlassOptions : OptionsBase
    {
        public MulticlassOptions() { }
    }

    private protected sealed override SchemaShape.Column[] GetOutputColumns(SchemaShape.Column label) => MulticlassColumns.Of(label);

    private protected sealed override MulticlassPredictionTransformer<TModel> MakeTransformer(TModel model, DataViewSchema trainSchema) =>
        new(model, trainSchema, FeatureColumn.Name, LabelColumn.Name);
}
