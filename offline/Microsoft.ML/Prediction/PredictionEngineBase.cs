using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>One row in, one row out: an object under the transformer's getters, and another filled from them.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable where TSrc : class where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly bool _ownsTransformer;
    private readonly ObjectRow<TSrc> _input;
    private readonly Action<TDst> _fill;
    private bool _disposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        _transformer = Check.NotNull(transformer, nameof(transformer));
        Check.Param(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        _ownsTransformer = options.OwnsTransformer;
        _input = new ObjectRow<TSrc>(new ObjectReader<TSrc>(options.InputSchemaDefinition));
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        var writer = new ObjectWriter<TDst>(mapper.OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition);
        _fill = writer.Bind(mapper.GetRow(_input, mapper.OutputSchema));
        OutputSchema = transformer.GetOutputSchema(_input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    private protected void Fill(TSrc example, TDst prediction)
    {
        _input.Set(example);
        _fill(prediction);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _input.Dispose();
        if (_ownsTransformer) (_transformer as IDisposable)?.Dispose();
    }
}
