using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>
/// Makes a <see cref="PrepareImagesTransformer"/>; see
/// <see cref="PrepareImagesCatalog.PrepareImages(TransformsCatalog, string, string, Preprocessing, PrepareImagesMode)"/>.
/// Immutable and thread-safe.
/// </summary>
public sealed class PrepareImagesEstimator : IEstimator<PrepareImagesTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly PreparedColumn _column;

    internal PrepareImagesEstimator(
        TransformsCatalog catalog, string outputColumnName, string inputColumnName, Preprocessing preprocessing, PrepareImagesMode mode)
    {
        if (!Enum.IsDefined(mode)) throw new ArgumentException($"The mode is {mode}; it must be Stock or Exact.", nameof(mode));
        if (mode == PrepareImagesMode.Stock && preprocessing.Crop > preprocessing.Resize)
            throw new ArgumentException(
                $"Crop ({preprocessing.Crop}) is larger than Resize ({preprocessing.Resize}); ML.NET's own transforms cannot pad. " +
                $"Use {nameof(PrepareImagesMode)}.{nameof(PrepareImagesMode.Exact)}, or a crop that is not larger.", nameof(preprocessing));
        (_catalog, _column) = (catalog, new(outputColumnName, inputColumnName, preprocessing, mode));
    }

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">A view with the image column.</param>
    /// <returns>The transformer; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public PrepareImagesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _column.Find(input.Schema);
        return new(_catalog, _column);
    }

    /// <summary>The shape of the data with the new column.</summary>
    /// <param name="inputSchema">The shape of data with the image column.</param>
    /// <returns>The same columns and the new one, a vector of Single.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var found = inputSchema.Where(column => column.Name == _column.Input).ToArray();
        if (found.Length == 0) throw Columns.Missing(_column.Input, "image", inputSchema.Select(column => column.Name));
        if (found[0].ItemType is not ImageDataViewType) throw _column.NoImage($"{found[0].ItemType}");
        var added = SchemaShapes.Of(EmptyView.Of((_column.Output, _column.Type)).Schema);
        return new SchemaShape(inputSchema.Where(column => column.Name != _column.Output).Concat(added));
    }
}
