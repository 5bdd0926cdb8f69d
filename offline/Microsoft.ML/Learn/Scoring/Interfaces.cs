using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public interface IPredictionTransformer<out TModel> : ITransformer where TModel : class
    {
        TModel Model { get; }
    }

    public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel> where TModel : class
    {
        string FeatureColumnName { get; }

        DataViewType FeatureColumnType { get; }
    }
}

namespace Microsoft.ML.Data
{
    /// <summary>A model that scores a row's features: one value for each class.</summary>
    internal interface IClassScorer
    {
        int FeatureCount { get; }

        int ClassCount { get; }

        void Score(in VBuffer<float> features, Span<float> scores);
    }
}
