using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>Stock transformers in the making: each is fitted on what the ones before make of a view without rows.</summary>
internal sealed class TransformList(IDataView view)
{
    private readonly List<ITransformer> _transformers = [];
    private IDataView _view = view;

    public void Add(IEstimator<ITransformer> estimator) => Add(estimator.Fit(_view));

    public void Add(ITransformer transformer)
    {
        _transformers.Add(transformer);
        _view = new EmptyView(transformer.GetOutputSchema(_view.Schema));
    }

    public TransformerChain<ITransformer> ToChain() => new(_transformers.ToArray());
}
