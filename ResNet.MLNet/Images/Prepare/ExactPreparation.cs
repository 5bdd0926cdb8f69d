using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>
/// The transforms of <see cref="PrepareImagesMode.Exact"/>. The resize itself is a custom mapping, which carries no state when
/// it is saved: so it reads the preprocessing from a column, a constant. It yields images, not vectors, because a loaded
/// mapping cannot tell a vector's size, which trainers and ONNX models need; for images ResizeImages tells it: those that
/// have the size already are handed on as they are.
/// </summary>
internal static class ExactPreparation
{
    public static void AddTo(TransformList list, TransformsCatalog catalog, PreparedColumn column)
    {
        var crop = column.Preprocessing.Crop;
        list.Add(catalog.CopyColumns(HelperColumns.Image, column.Input));

        // Whether a mapping's columns fit is asked of a view with just these: image types must be the same object in it.
        list.Add(catalog.CustomMapping(OneContract.Mapping, OneContract.Name).Fit(EmptyView.Of((HelperColumns.Image, AnyImageTypeAttribute.Type))));
        list.Add(catalog.Conversion.MapValue(
            HelperColumns.Preprocessing, [KeyValuePair.Create(OneContract.One, column.Preprocessing.ToJson())], HelperColumns.One));
        list.Add(catalog.CustomMapping(PrepareContract.Mapping, PrepareContract.Name).Fit(EmptyView.Of(
            (HelperColumns.Image, AnyImageTypeAttribute.Type), (HelperColumns.Preprocessing, TextDataViewType.Instance))));

        list.Add(catalog.ResizeImages(HelperColumns.Sized, crop, crop, HelperColumns.Prepared, ImageResizingEstimator.ResizingKind.Fill));
        list.Add(catalog.ExtractPixels(column.Output, HelperColumns.Sized));
        list.Add(catalog.DropColumns(
            HelperColumns.Image, HelperColumns.One, HelperColumns.Preprocessing, HelperColumns.Prepared, HelperColumns.Sized));
    }
}
