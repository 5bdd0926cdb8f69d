using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Linear models fitted by limited-memory BFGS, with L1 and L2 regularization.</summary>
public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel> where TModel : class
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
{
    private protected readonly TOptions Settings;

    private protected LbfgsTrainerBase(IHost host, TOptions options, SchemaShape.Column label)
        : base(host, TrainerColumns.Features(options.FeatureColumnName), label, TrainerColumns.Weight(options.ExampleWeightColumnName))
    {
        Settings = options;
        Check.Param(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive (or empty for default)");
        Check.Param(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Check.Param(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Check.Param(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Check.Param(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Check.Param(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Check.Param(options.StochasticGradientDescentInitilaizationTolerance >= 0, nameof(options.StochasticGradientDescentInitilaizationTolerance), "Must be non-negative");
    }

    public override TrainerInfo Info { get; } = new(needNormalization: true, wantCaching: true);

    /// <summary>
    /// The search reaches the optimum whatever it starts from and however it is spread, so the options that only
    /// say how (threads, density, a start by gradient descent) change nothing here.
    /// </summary>
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        protected OptionsBase() { }

        public float L2Regularization = 1;

        public float L1Regularization = 1;

        public float OptimizationTolerance = 1e-7f;

        public int HistorySize = 20;

        public int MaximumNumberOfIterations = int.MaxValue;

        public float StochasticGradientDescentInitilaizationTolerance;

        public bool Quiet;

        public float InitialWeightsDiameter;

        public int? NumberOfThreads;

        public bool DenseOptimizer;

        public bool EnforceNonNegativity;
    }
}
