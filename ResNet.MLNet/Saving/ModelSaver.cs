using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>Saves a model as ML.NET's own transformers: the ONNX file, and its class index as a key.</summary>
internal static class ModelSaver
{
    public static void Save(ModelSaveContext context, TrainedModel model, SavedColumns columns, LabelColumn label, ImageShape shape) =>
        OnnxChain.Save(
            context,
            columns,
            file => model.Write(file, new OnnxExportOptions
            {
                Signature = columns.Signature(shape),
                Labels = label.Names,
                Metadata = new Dictionary<string, string> { [SavedColumns.Key] = columns.ToJson() },
            }),
            (ml, onnx) => StockChain.Around(ml, onnx, columns, label));
}
