using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst> where TSrc : class where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options) : base(transformer, options) { }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        Check.NotNull(example, nameof(example));
        Fill(example, prediction ??= new TDst());
    }
}
