using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Values to keys, keys to indicator vectors.</summary>
public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly TransformerChain<ITransformer> _chain;

    internal OneHotEncodingTransformer(TransformerChain<ITransformer> chain) => _chain = chain;

    bool ITransformer.IsRowToRowMapper => ((ITransformer)_chain).IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _chain.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _chain.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_chain).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_chain).Save(ctx);
}

public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly IEstimator<ITransformer> _chain;

    internal OneHotEncodingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, OutputKind kind, int limit,
        ValueToKeyMappingEstimator.KeyOrdinality order, IDataView keyData)
    {
        if (kind is OutputKind.Binary) throw new NotSupportedException("Binary encoding of keys is not offered: use Indicator, Bag or Key.");
        Check.Param(Enum.IsDefined(kind), nameof(OutputKind));
        var keys = new ValueToKeyMappingEstimator(env, columns, limit, order, asText: true, keyData);
        var outputs = Array.ConvertAll(columns, pair => (pair.Output, pair.Output));
        _chain = kind == OutputKind.Key ? keys : keys.Append(new KeyToVectorMappingEstimator(env, outputs, count: kind == OutputKind.Bag));
    }

    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        var fitted = _chain.Fit(input);
        return new(new TransformerChain<ITransformer>(fitted is IEnumerable<ITransformer> many ? [.. many] : [fitted]));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _chain.GetOutputSchema(inputSchema);
}
