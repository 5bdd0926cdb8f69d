using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
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
/// <para>A row without an image is an error when its pixels are read: <see cref="InvalidDataException"/> in
/// <see cref="PrepareImagesMode.Exact"/>, wrapped where ML.NET reads on other threads.</para>
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
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _transforms.Chain.GetOutputSchema(Known(inputSchema));

    /// <summary>The view with the new column; an image is loaded and resized when its pixels are read.</summary>
    /// <param name="input">A view with the image column.</param>
    /// <returns>The view.</returns>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Known(input.Schema);
        return _transforms.Chain.Transform(input);
    }

    /// <summary>A mapper that prepares single rows.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_transforms.Chain).GetRowToRowMapper(Known(inputSchema));

    /// <summary>Frees what the transforms hold. Calling it again does nothing.</summary>
    public void Dispose() => _transforms.Dispose();

    // A fresh chain: the file that a stock transform is saved from is kept only as long as that takes.
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        using var transforms = StockTransforms.Preparing(_catalog, _column);
        ((ICanSaveModel)transforms.Chain).Save(ctx);
    }

    // Mappings read image columns of sizes that ML.NET has been told of only.
    private DataViewSchema Known(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.GetColumnOrNull(_column.Input)?.Type is ImageDataViewType { Height: > 0, Width: > 0 } type)
            new ImageTypeAttribute(type.Height, type.Width).Register();
        return schema;
    }
}
