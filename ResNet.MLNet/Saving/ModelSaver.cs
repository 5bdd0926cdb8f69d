using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet.Saving;

/// <summary>Saves a model as ML.NET's own transformers: the ONNX file, and its class index as a key.</summary>
internal static class ModelSaver
{
    public static void Save(ModelSaveContext context, TrainedNetwork trained) =>
        OnnxChain.Save(
            context,
            trained.Columns,
            file => trained.Model.Write(file, new OnnxExportOptions
            {
                Signature = trained.Columns.Signature(trained.Shape),
                Labels = trained.Label.Names,
                TestTimeAugmentation = trained.TestTimeAugmentation,
                Thresholds = trained.Thresholds,
                Metadata = new Dictionary<string, string> { [SavedColumns.Key] = trained.Columns.ToJson() },
            }),
            (ml, onnx) => StockChain.Around(ml, onnx, trained.Columns, trained.Label));
}
