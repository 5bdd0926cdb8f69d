namespace Microsoft.ML
{
    /// <summary>What a trainer wants of its data.</summary>
    public sealed class TrainerInfo
    {
        internal TrainerInfo(bool needNormalization, bool wantCaching) => (NeedNormalization, WantCaching) = (needNormalization, wantCaching);

        public bool NeedNormalization { get; }

        public bool WantCaching { get; }
    }
}

namespace Microsoft.ML.Trainers
{
    public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
        where TTransformer : ISingleFeaturePredictionTransformer<TModel> where TModel : class
    {
        TrainerInfo Info { get; }
    }
}
