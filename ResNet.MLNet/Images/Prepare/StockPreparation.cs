using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;

namespace ResNet.MLNet.Images;

/// <summary>
/// The transforms of <see cref="PrepareImagesMode.Stock"/>: IsoCrop gives the centre square of the resized image, of which
/// an ONNX model cuts the crop. A second IsoCrop would do for the geometry, at scale 1; but image libraries sample even then,
/// and Skia's cubic kernel for high quality blurs.
/// </summary>
internal static class StockPreparation
{
    /// <param name="list">Where the transforms are added.</param>
    /// <param name="catalog">Makes them.</param>
    /// <param name="column">What is prepared.</param>
    /// <returns>The file of the ONNX model, which must exist as long as the transforms may be saved; null where none is needed.</returns>
    public static string? AddTo(TransformList list, TransformsCatalog catalog, PreparedColumn column)
    {
        var (resize, crop) = (column.Preprocessing.Resize, column.Preprocessing.Crop);
        list.Add(catalog.ResizeImages(HelperColumns.Sized, resize, resize, column.Input, ImageResizingEstimator.ResizingKind.IsoCrop));
        if (resize == crop)
        {
            list.Add(catalog.ExtractPixels(column.Output, HelperColumns.Sized));
            list.Add(catalog.DropColumns(HelperColumns.Sized));
            return null;
        }

        list.Add(catalog.ExtractPixels(HelperColumns.Pixels, HelperColumns.Sized));
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            OnnxCenterCrop.Save(file, HelperColumns.Pixels, HelperColumns.Cropped, resize, crop);
            list.Add(catalog.ApplyOnnxModel(HelperColumns.Cropped, HelperColumns.Pixels, file));
            list.Add(catalog.CopyColumns(column.Output, HelperColumns.Cropped));
            list.Add(catalog.DropColumns(HelperColumns.Sized, HelperColumns.Pixels, HelperColumns.Cropped));
            return file;
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }
}
