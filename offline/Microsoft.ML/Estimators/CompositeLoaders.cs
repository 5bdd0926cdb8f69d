using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A loader and estimators behind it.</summary>
public sealed class CompositeLoaderEstimator<TSource, TLastTransformer> : IDataLoaderEstimator<TSource, CompositeDataLoader<TSource, TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly IDataLoaderEstimator<TSource, IDataLoader<TSource>> _start;
    private readonly EstimatorChain<TLastTransformer> _chain;

    public CompositeLoaderEstimator(IDataLoaderEstimator<TSource, IDataLoader<TSource>> start, EstimatorChain<TLastTransformer> estimatorChain = null)
    {
        _start = Check.NotNull(start, nameof(start));
        _chain = estimatorChain ?? new EstimatorChain<TLastTransformer>();
    }

    public CompositeDataLoader<TSource, TLastTransformer> Fit(TSource input)
    {
        var loader = _start.Fit(input);
        return new CompositeDataLoader<TSource, TLastTransformer>(loader, _chain.Fit(loader.Load(input)));
    }

    public SchemaShape GetOutputSchema() => _chain.GetOutputSchema(_start.GetOutputSchema());

    public CompositeLoaderEstimator<TSource, TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator) where TNewTrans : class, ITransformer =>
        new(_start, _chain.Append(estimator));
}

/// <summary>A loader and transformers behind it.</summary>
public sealed class CompositeDataLoader<TSource, TLastTransformer> : IDataLoader<TSource>, IDisposable, ISavable
    where TLastTransformer : class, ITransformer
{
    public CompositeDataLoader(IDataLoader<TSource> loader, TransformerChain<TLastTransformer> transformerChain = null)
    {
        Loader = Check.NotNull(loader, nameof(loader));
        Transformer = transformerChain ?? new TransformerChain<TLastTransformer>();
    }

    public readonly IDataLoader<TSource> Loader;

    public readonly TransformerChain<TLastTransformer> Transformer;

    public IDataView Load(TSource input) => Transformer.Transform(Loader.Load(input));

    public DataViewSchema GetOutputSchema() => Transformer.GetOutputSchema(Loader.GetOutputSchema());

    public CompositeDataLoader<TSource, TNewLast> AppendTransformer<TNewLast>(TNewLast transformer) where TNewLast : class, ITransformer =>
        new(Loader, Transformer.Append(transformer));

    void ICanSaveModel.Save(ModelSaveContext ctx) => Check.NotNull(ctx, nameof(ctx)).Save(this);

    string ISavable.LoaderName => CompositeDataLoader.LoaderName;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.SavePart(CompositeDataLoader.LoaderPart, Loader);
        writer.SavePart(CompositeDataLoader.TransformerPart, Transformer);
    }

    public void Dispose() => Transformer.Dispose();
}

/// <summary>Reads back a loader of files with transformers behind it.</summary>
internal static class CompositeDataLoader
{
    public const string LoaderName = "CompositeLoader";
    public const string LoaderPart = "Loader";
    public const string TransformerPart = "TransformerChain";

    public static ICanSaveModel Load(ModelReader reader) => new CompositeDataLoader<IMultiStreamSource, ITransformer>(
        reader.LoadPart<IDataLoader<IMultiStreamSource>>(LoaderPart), reader.LoadPart<TransformerChain<ITransformer>>(TransformerPart));
}
