using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>The chain of ML.NET's own transformers that prepares a column, and the file that one of them may be saved from.</summary>
internal sealed class StockTransforms : IDisposable
{
    private StockTransforms(TransformerChain<ITransformer> chain) => Chain = chain;

    public TransformerChain<ITransformer> Chain { get; }

    public static StockTransforms Preparing(TransformsCatalog catalog, PreparedColumn column)
    {
        var list = new TransformList(EmptyView.Of((column.Input, AnyImageTypeAttribute.Type)));
        ExactPreparation.AddTo(list, catalog, column);
        return new(list.ToChain());
    }

    public void Dispose() => Chain.Dispose();
}
