using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace YourOwn;

/// <summary>A transformer of your own that ml.Model.Save can write, by public API alone: its work is done by one of ML.NET's own transformers (or
/// by several in one TransformerChain), and Save calls that one's Save, exactly once. The model.zip then has no trace of this class and loads in any app.</summary>
internal sealed class ClassPrecisionTransformer(ITransformer stock, IReadOnlyDictionary<string, float> precision) : ITransformer
{
    /// <summary>What was learnt: for those who have the object itself, before it is saved.</summary>
    public IReadOnlyDictionary<string, float> Precision => precision;

    public bool IsRowToRowMapper => stock.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => stock.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => stock.Transform(input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => stock.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => stock.Save(ctx);
}
