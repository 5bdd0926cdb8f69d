using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>Saves what makes features as ML.NET's own transformers: pixels out of images, and the ONNX file.</summary>
internal static class FeatureSaver
{
    public static void Save(ModelSaveContext context, ClassificationNetwork network, FeatureLayer layer, SavedColumns columns, ImageShape shape) =>
        OnnxChain.Save(
            context,
            columns,
            file => network.SaveFeaturesOnnx(file, layer, columns.Signature(shape), columns.Score),
            (ml, onnx) => Around(ml, onnx, columns));

    /// <summary>The file must stay until the chain has been saved.</summary>
    private static TransformerChain<ITransformer> Around(MLContext ml, string onnx, SavedColumns columns)
    {
        IDataView view = new EmptyView(columns.InputSchema());
        if (!columns.IsImage) return new(ml.Transforms.ApplyOnnxModel([columns.Score], [columns.Feature], onnx).Fit(view));
        var extract = ml.Transforms.ExtractPixels(SavedColumns.Pixels, columns.Feature).Fit(view);
        view = extract.Transform(view);
        var features = ml.Transforms.ApplyOnnxModel([columns.Score], [SavedColumns.Pixels], onnx).Fit(view);
        return new(extract, features, ml.Transforms.DropColumns(SavedColumns.Pixels).Fit(features.Transform(view)));
    }
}
