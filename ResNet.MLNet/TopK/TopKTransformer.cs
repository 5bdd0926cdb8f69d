using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;
using ResNet.MLNet.TopK;

namespace ResNet.MLNet;

/// <summary>
/// Adds the labels (Vector&lt;Text, k&gt;) and the scores (Vector&lt;Single, k&gt;) of the k best classes, best first. It can be saved with
/// <c>ml.Model.Save</c>: a loaded model holds ML.NET's own transformer in its place, which gives the same.
/// </summary>
/// <remarks>Thread safety: all members, and the views and mappers made here, can be used from several threads at once; a cursor
/// and a row belong to one thread at a time. <see cref="Dispose"/> must not overlap with other use.</remarks>
public sealed class TopKTransformer : ITransformer, IDisposable
{
    private readonly TransformsCatalog _catalog;
    private readonly TopKColumns _columns;
    private readonly StockTransforms _transforms;

    internal TopKTransformer(TransformsCatalog catalog, TopKColumns columns) =>
        (_catalog, _columns, _transforms) = (catalog, columns, columns.Transforms(catalog).NeverSaved());

    /// <summary>How many classes.</summary>
    public int K => _columns.K;

    /// <summary>What each score is for, in the order of the score column.</summary>
    public IReadOnlyList<string> LabelNames => _columns.Names;

    /// <summary>True: rows can be looked at one by one, so a PredictionEngine can be made.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the new columns.</summary>
    /// <param name="inputSchema">A schema with the score column.</param>
    /// <returns>The input's columns, then labels and scores.</returns>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _transforms.Chain.GetOutputSchema(inputSchema);

    /// <summary>The view with the new columns.</summary>
    /// <param name="input">A view with the score column.</param>
    /// <returns>The view.</returns>
    public IDataView Transform(IDataView input) => _transforms.Chain.Transform(input);

    /// <summary>A mapper of single rows.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_transforms.Chain).GetRowToRowMapper(inputSchema);

    /// <summary>Frees what the transforms hold. Calling it again does nothing.</summary>
    public void Dispose() => _transforms.Dispose();

    // A fresh chain: the file that a stock transform is saved from is kept only as long as that takes.
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var transforms = _columns.Transforms(_catalog);
        ((ICanSaveModel)transforms.Chain).Save(ctx);
    }
}
