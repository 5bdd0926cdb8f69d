namespace Microsoft.ML.Data;

/// <summary>A chain of whatever last transformer: applies those of its parts that a scope names.</summary>
internal interface IScopedTransformer
{
    IDataView Transform(IDataView input, TransformerScope scope);
}
