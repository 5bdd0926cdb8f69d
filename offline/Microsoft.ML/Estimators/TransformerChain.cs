using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Transformers applied one after the other.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IScopedTransformer, IEnumerable<ITransformer>, IDisposable, ISavable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;
    private bool _disposed;

    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        _transformers = transformers?.ToArray() ?? [];
        _scopes = scopes?.ToArray() ?? [];
        LastTransformer = _transformers.LastOrDefault() as TLastTransformer;
        if (_transformers.Length > 0 != LastTransformer is not null || _transformers.Length != _scopes.Length) throw new InvalidOperationException();
    }

    public TransformerChain(params ITransformer[] transformers)
        : this(transformers, transformers?.Select(_ => TransformerScope.Everything)) { }

    public readonly TLastTransformer LastTransformer;

    bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => GetOutputSchema(inputSchema, TransformerScope.Scoring);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema, TransformerScope scope) =>
        InScope(scope).Aggregate(Check.NotNull(inputSchema, nameof(inputSchema)), (schema, transformer) => transformer.GetOutputSchema(schema));

    public IDataView Transform(IDataView input) => Transform(input, TransformerScope.Scoring);

    public IDataView Transform(IDataView input, TransformerScope scope)
    {
        Check.NotNull(input, nameof(input));
        // The whole chain's schemas first: an error shows before any transformer does work on data.
        GetOutputSchema(input.Schema, scope);
        return InScope(scope).Aggregate(input, (view, transformer) => transformer.Transform(view));
    }

    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter) =>
        new(InScope(scopeFilter), _scopes.Where(scope => (scope & scopeFilter) != 0));

    private IEnumerable<ITransformer> InScope(TransformerScope scope) => _transformers.Where((_, i) => (_scopes[i] & scope) != 0);

    public TransformerChain<TNewLast> Append<TNewLast>(TNewLast transformer, TransformerScope scope = TransformerScope.Everything)
        where TNewLast : class, ITransformer =>
        new([.. _transformers, Check.NotNull(transformer, nameof(transformer))], [.. _scopes, scope]);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        Check.That(((ITransformer)this).IsRowToRowMapper,
            $"{nameof(ITransformer.GetRowToRowMapper)} method called despite {nameof(ITransformer.IsRowToRowMapper)} being false.");
        var mappers = new List<IRowToRowMapper>();
        foreach (var transformer in _transformers)
            mappers.Add(transformer.GetRowToRowMapper(mappers.LastOrDefault()?.OutputSchema ?? inputSchema));
        return new RowMapperChain(inputSchema, [.. mappers]);
    }

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICanSaveModel.Save(ModelSaveContext ctx) => Check.NotNull(ctx, nameof(ctx)).Save(this);

    string ISavable.LoaderName => TransformerChainLoader.Name;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.Write(_transformers.Length);
        for (int i = 0; i < _transformers.Length; i++)
        {
            writer.Write((int)_scopes[i]);
            writer.SavePart(TransformerChainLoader.PartName(i), _transformers[i]);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var transformer in _transformers) (transformer as IDisposable)?.Dispose();
    }
}

/// <summary>Reads back the chain that <see cref="TransformerChain{T}"/> wrote.</summary>
internal static class TransformerChainLoader
{
    public const string Name = "TransformerChain";

    public static string PartName(int index) => $"Transform_{index:000}";

    public static ITransformer Load(ModelReader reader)
    {
        var scopes = reader.ReadMany(() => (TransformerScope)reader.ReadInt32());
        return new TransformerChain<ITransformer>(scopes.Select((_, i) => reader.LoadPart<ITransformer>(PartName(i))).ToArray(), scopes);
    }
}
