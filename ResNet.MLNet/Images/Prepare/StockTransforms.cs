using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>A chain of ML.NET's own transformers, and the file that one of them may be saved from.</summary>
internal sealed class StockTransforms : IDisposable
{
    public StockTransforms(TransformerChain<ITransformer> chain, string? modelFile) => (Chain, ModelFile) = (chain, modelFile);

    public TransformerChain<ITransformer> Chain { get; }

    /// <summary>The temporary file of an ONNX model in the chain, which ML.NET reads again when it saves; null where there is none.</summary>
    public string? ModelFile { get; }

    public static StockTransforms Preparing(TransformsCatalog catalog, PreparedColumn column)
    {
        var list = new TransformList(EmptyView.Of((column.Input, AnyImageTypeAttribute.Type)));
        string? file = null;
        if (column.Mode == PrepareImagesMode.Stock) file = StockPreparation.AddTo(list, catalog, column);
        else ExactPreparation.AddTo(list, catalog, column);
        return new(list.ToChain(), file);
    }

    /// <summary>For transforms that are never saved: deletes the file now, where the system lets go of names of open files;
    /// elsewhere, as on Windows, <see cref="Dispose"/> does.</summary>
    public StockTransforms NeverSaved()
    {
        try
        {
            if (ModelFile is not null) File.Delete(ModelFile);
        }
        catch (IOException)
        {
        }

        return this;
    }

    public void Dispose()
    {
        Chain.Dispose();
        if (ModelFile is not null) File.Delete(ModelFile);
    }
}
