using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>Saves a model as ML.NET's own transformers; ML.NET lets components from outside save in no other way.</summary>
internal static class ModelSaver
{
    public static void Save(ModelSaveContext context, TrainedModel model, SavedColumns columns, LabelColumn label, ImageShape shape)
    {
        columns.CheckSavable();
        var ml = new MLContext();
        var onnx = Path.Combine(ml.TempFilePath, Path.GetRandomFileName() + ".onnx");
        try
        {
            using (var file = File.Create(onnx))
                model.Write(file, new OnnxExportOptions
                {
                    Signature = columns.Signature(shape),
                    Labels = label.Names,
                    Metadata = new Dictionary<string, string> { [SavedColumns.Key] = columns.ToJson() },
                });
            using var chain = StockChain.Around(ml, onnx, columns, label);
            ((ICanSaveModel)chain).Save(context);
        }
        finally
        {
            File.Delete(onnx);
        }
    }
}
