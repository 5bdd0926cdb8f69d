using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Multinomial logistic regression.</summary>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : LbfgsTrainerBase<LbfgsMaximumEntropyMulticlassTrainer.Options,
    MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    internal LbfgsMaximumEntropyMulticlassTrainer(IHostEnvironment environment, Options options)
        : base(environment.Register("LbfgsTrainerBase"), Check.NotNull(options, nameof(options)), TrainerColumns.KeyLabel(options.LabelColumnName)) { }

    public sealed class Options : OptionsBase
    {
        public Options() { }

        public bool ShowTrainingStatistics;
    }

    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView trainData, MaximumEntropyModelParameters modelParameters) =>
        Train(trainData, modelParameters);

    private protected override SchemaShape.Column[] GetOutputColumns(SchemaShape.Column label) => MulticlassColumns.Of(label);

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> MakeTransformer(MaximumEntropyModelParameters model, DataViewSchema trainSchema) =>
        new(model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    private protected override MaximumEntropyModelParameters TrainModel(IDataView data, MaximumEntropyModelParameters start)
    {
        int features = data.Schema[FeatureColumn.Name].Type.ValueCount();
        int classes = data.Schema[LabelColumn.Name].Type.KeyCount();
        using var channel = Host.Start("Training");
        var training = TrainingRows.Read(data, FeatureColumn.Name, LabelColumn.Name, WeightColumn.Name);
        Check.That(training.Rows.Count > 0, "No valid training instances found, all instances have missing features.");
        if (training.Skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} instances with missing features/label/weight during training", training.Skipped);
        if (classes == 1) channel.Warning(MessageSensitivity.None, "Training resulted in a one class predictor");

        var loss = new MaximumEntropyLoss(training.Rows, classes, features, Settings.L2Regularization);
        var search = new Lbfgs
        {
            HistorySize = Settings.HistorySize,
            Tolerance = Settings.OptimizationTolerance,
            MaximumNumberOfIterations = Settings.MaximumNumberOfIterations,
            FreeCount = classes,
            L1 = Settings.L1Regularization / training.Rows.Count,
            NonNegative = Settings.EnforceNonNegativity,
        };
        var parameters = search.Minimize(loss.Evaluate, Start(start, classes, features));
        return new MaximumEntropyModelParameters(parameters, classes, features, Settings.ShowTrainingStatistics ? loss.Statistics(parameters) : null);
    }

    private float[] Start(MaximumEntropyModelParameters model, int classes, int features)
    {
        if (model != null)
        {
            Check.That(model.FeatureCount == features, "The input training data must have the same features used to train the input predictor.");
            Check.That(model.ClassCount == classes, "The input training data must have the same classes used to train the input predictor.");
            return model.Flatten();
        }
        var start = new float[classes * (features + 1)];
        if (Settings.InitialWeightsDiameter > 0)
            for (int i = 0; i < start.Length; i++) start[i] = Settings.InitialWeightsDiameter * (Host.Rand.NextSingle() - 0.5f);
        return start;
    }
}
