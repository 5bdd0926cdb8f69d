using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.TopK;

/// <summary>Which columns hold the best classes, of how many.</summary>
internal sealed record TopKColumns(int K, string Labels, string Scores, string Score, IReadOnlyList<string> Names)
{
    /// <summary>ML.NET's own transformer that finds them, around an ONNX file.</summary>
    public StockTransforms Transforms(TransformsCatalog catalog)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            OnnxTopK.Save(file, Score, Names, K, Labels, Scores);
            var list = new TransformList(EmptyView.Of((Score, new VectorDataViewType(NumberDataViewType.Single, Names.Count))));
            list.Add(catalog.ApplyOnnxModel([Labels, Scores], [Score], file));
            return new(list.ToChain(), file);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }
}
