using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A trained model as a transformer.</summary>
public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable where TModel : class
{
    private bool _disposed;

    private protected PredictionTransformerBase(TModel model) => Model = Check.NotNull(model, nameof(model));

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input) => new RowMapView(Check.NotNull(input, nameof(input)), MakeMap(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(MakeMap(Check.NotNull(inputSchema, nameof(inputSchema))));

    /// <summary>The scoring of rows of that schema.</summary>
    private protected abstract RowMap MakeMap(DataViewSchema schema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(Check.NotNull(ctx, nameof(ctx)));

    private protected abstract void SaveModel(ModelSaveContext context);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        (Model as IDisposable)?.Dispose();
    }
}
