using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract partial class TrainCatalogBase
{
    public sealed class CrossValidationResult<T> where T : class
    {
        public readonly T Metrics;

        public readonly ITransformer Model;

        public readonly IDataView ScoredHoldOutSet;

        public readonly int Fold;

        internal CrossValidationResult(int fold, ITransformer model, IDataView scored, T metrics) =>
            (Fold, Model, ScoredHoldOutSet, Metrics) = (fold, model, scored, metrics);
    }

    /// <summary>Trains on all folds but one, scores that one; once for each fold. Metrics come after the last training.</summary>
    private protected IReadOnlyList<CrossValidationResult<T>> CrossValidateWith<T>(IDataView data, IEstimator<ITransformer> estimator,
        int numFolds, string samplingKeyColumn, int? seed, Func<IDataView, T> evaluate) where T : class
    {
        Check.NotNull(data, nameof(data));
        Check.NotNull(estimator, nameof(estimator));
        Check.Param(numFolds > 1, nameof(numFolds), "Must be more than 1");
        var folds = new DataOperationsCatalog(Environment).CrossValidationSplit(data, numFolds, samplingKeyColumn, seed);
        var scored = folds.Select(fold =>
        {
            var model = estimator.Fit(fold.TrainSet);
            // The held-out rows need what else only training uses, the label's mapping among it.
            var rows = model is IScopedTransformer chain ? chain.Transform(fold.TestSet, TransformerScope.Everything) : model.Transform(fold.TestSet);
            return (Model: model, Rows: rows);
        }).ToArray();
        return [.. scored.Select((fold, i) => new CrossValidationResult<T>(i, fold.Model, fold.Rows, evaluate(fold.Rows)))];
    }
}
