using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;

namespace ResNet.MLNet;

/// <summary>
/// Adds a column of network input to images of any size: <c>Vector&lt;Single, 3, Crop, Crop&gt;</c>, red, green and blue
/// planes of values 0..255. It can be saved with <c>ml.Model.Save</c>: a loaded model holds ML.NET's own transforms in its
/// place, which give the same values.
/// </summary>
/// <remarks>
/// <para>Transparent images count as drawn on black, as in <c>ExtractPixels</c>. Rotations in EXIF data are not followed.</para>
/// <para>A row without an image, or with one that cannot be decoded, is an error that names the row when its pixels are read:
/// <see cref="InvalidDataException"/>, wrapped where ML.NET reads on other threads. After a reload the transforms are ML.NET's
/// alone: in <see cref="PrepareImagesMode.Stock"/>, ExtractPixels then gives zeros for a missing image.</para>
/// <para>Thread safety: all members, and the views and mappers made here, can be used from several threads at once; a cursor
/// and a row belong to one thread at a time. <see cref="Dispose"/> must not overlap with other use.</para>
/// </remarks>
public sealed class PrepareImagesTransformer : ITransformer, IDisposable
{
    private readonly TransformsCatalog _catalog;
    private readonly PreparedColumn _column;
    private readonly StockTransforms _transforms;

    internal PrepareImagesTransformer(TransformsCatalog catalog, PreparedColumn column) =>
        (_catalog, _column, _transforms) = (catalog, column, StockTransforms.Preparing(catalog, column).NeverSaved());

    /// <summary>The new column's name.</summary>
    public string OutputColumnName => _column.Output;

    /// <summary>The image column's name.</summary>
    public string InputColumnName => _column.Input;

    /// <summary>Sizes and interpolation.</summary>
    public Preprocessing Preprocessing => _column.Preprocessing;

    /// <summary>Who resizes.</summary>
    public PrepareImagesMode Mode => _column.Mode;

    /// <summary>True: rows can be prepared one by one, so a PredictionEngine can be made.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the new column.</summary>
    /// <param name="inputSchema">A schema with the image column.</param>
    /// <returns>The input's columns, then the new one.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        _column.Find(inputSchema);
        return _transforms.Chain.GetOutputSchema(inputSchema);
    }

    /// <summary>The view with the new column; an image is loaded and resized when its pixels are read.</summary>
    /// <param name="input">A view with the image column.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _transforms.Chain.Transform(new CheckedImages(input, _column.Find(input.Schema)));
    }

    /// <summary>A mapper that prepares single rows.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        var images = _column.Find(inputSchema);
        return new CheckedImagesMapper(((ITransformer)_transforms.Chain).GetRowToRowMapper(inputSchema), images);
    }

    /// <summary>Frees what the transforms hold. Calling it again does nothing.</summary>
    public void Dispose() => _transforms.Dispose();

    // A fresh chain: the file that a stock transform is saved from is kept only as long as that takes.
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var transforms = StockTransforms.Preparing(_catalog, _column);
        ((ICanSaveModel)transforms.Chain).Save(ctx);
    }
}
