using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Multinomial logistic regression by dual coordinate ascent.</summary>
public sealed class SdcaMaximumEntropyMulticlassTrainer : SdcaMulticlassTrainerBase<MaximumEntropyModelParameters>
{
    internal SdcaMaximumEntropyMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment.Register("SdcaTrainerBase"), Check.NotNull(options, nameof(options))) { }

    public sealed class Options : MulticlassOptions
    {
        public Options() { }
    }

    private protected override MaximumEntropyModelParameters TrainModel(IDataView data, MaximumEntropyModelParameters start)
    {
        int features = data.Schema[FeatureColumn.Name].Type.ValueCount();
        int classes = data.Schema[LabelColumn.Name].Type.KeyCount();
        using var channel = Host.Start("Training");
        var training = TrainingRows.Read(data, FeatureColumn.Name, LabelColumn.Name, WeightColumn.Name);
        Check.That(training.Rows.Count > 0, "Training set has 0 instances, aborting training.");
        if (training.Skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} instances with missing features during training", training.Skipped);
        int passes = Settings.MaximumNumberOfIterations ?? DefaultPasses(training.Rows.Count);
        var ascent = new MaximumEntropyAscent(training.Rows, classes, features)
        {
            L2 = Settings.L2Regularization ?? DefaultL2(passes, training.Rows.Count),
            L1 = Settings.L1Regularization ?? DefaultL1(features),
            Tolerance = Settings.ConvergenceTolerance,
            Passes = passes,
            CheckEvery = Settings.ConvergenceCheckFrequency ?? 1,
            Order = Settings.Shuffle ? Host.Rand : null,
        };
        return new MaximumEntropyModelParameters(ascent.Run(), classes, features, null);
    }

    // The real trainer's defaults: about a million and a half visits in all, and less of a pull the more there are.
    private static int DefaultPasses(int rows) => Math.Max(2, 3 * Math.Max(1, 500000 / rows));

    private static float DefaultL2(int passes, int rows) => Math.Max(1e-6f, 20f / (Math.Max(2, passes / 2) * (float)rows));

    private static float DefaultL1(int features) => features switch { < 100 => 0, < 1000 => 0.25f, < 10000 => 0.5f, _ => 1 };
}
