using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace TransferLearning;

/// <summary>How each mode trains.</summary>
internal static class Recipe
{
    /// <summary>Share of the training images that chooses the best epoch; the held-out test images have no say in it.</summary>
    private const double ValidationFraction = 0.1;

    public static ResNetClassificationTrainer.Options Options(MLContext ml, Settings settings, StartingPoint start, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var options = new ResNetClassificationTrainer.Options
        {
            Epoch = settings.Epochs,
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate,
            LearningRateScheduler = LearningRateSchedule.OneCycle(),
            ValidationSetFraction = ValidationFraction,
            Metric = TrainingMetric.Loss,
            Seed = settings.Seed,
            Device = settings.Device,
            Context = ml,
            Progress = progress,
            CancellationToken = cancel,
        };
        start.Apply(options);
        switch (settings.Mode)
        {
            case Mode.Frozen:
                options.Mode = TrainingMode.HeadOnly();
                options.Optimizer = new AdamWOptions();
                break;
            case Mode.FineTune:
                options.Mode = TrainingMode.FineTune();
                options.Optimizer = new SgdOptions { Nesterov = true };
                options.Augmentation = Augmentation.Compose(Augmentation.Flip(), Augmentation.TrivialAugmentWide());
                break;
            default:
                options.Optimizer = new SgdOptions { Nesterov = true, WeightDecay = 5e-4 };
                options.Augmentation = Augmentation.Flip();
                break;
        }
        return options;
    }
}
