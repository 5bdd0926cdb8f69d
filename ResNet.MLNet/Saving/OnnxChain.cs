using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Saving;

/// <summary>Saves stock transformers around an ONNX file; ML.NET lets components from outside save in no other way.</summary>
internal static class OnnxChain
{
    /// <param name="context">Where the model is saved.</param>
    /// <param name="columns">The model's columns; checked first.</param>
    /// <param name="write">Writes the ONNX file.</param>
    /// <param name="around">Builds the transformers around the file of that path, which stays until they have been saved.</param>
    public static void Save(
        ModelSaveContext context, SavedColumns columns, Action<Stream> write, Func<MLContext, string, TransformerChain<ITransformer>> around)
    {
        columns.CheckSavable();
        var ml = new MLContext();
        var onnx = Path.Combine(ml.TempFilePath, Path.GetRandomFileName() + ".onnx");
        try
        {
            using (var file = File.Create(onnx)) write(file);
            using var chain = around(ml, onnx);
            ((ICanSaveModel)chain).Save(context);
        }
        finally
        {
            File.Delete(onnx);
        }
    }
}
