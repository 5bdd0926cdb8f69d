using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An estimator with nothing to learn: it hands out its transformer after checking the input's shape.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : class, ITransformer
{
    private protected readonly IHost Host;

    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(IHost host, TTransformer transformer)
    {
        Host = Check.NotNull(host, nameof(host));
        Transformer = Check.NotNull(transformer, nameof(transformer));
    }

    public TTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        // The schema's own checks: a wrong column shows at Fit, not at the first row.
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
