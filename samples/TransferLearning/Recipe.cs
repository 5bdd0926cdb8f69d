using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace TransferLearning;

/// <summary>How each mode trains.</summary>
internal static class Recipe
{
    /// <param name="images">Images to train on.</param>
    public static ResNetClassificationTrainer.Options Options(
        MLContext ml, Settings settings, StartingPoint start, int images, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var training = settings.Mode switch
        {
            "frozen" => TransferRecipe.Frozen(images, start.Network),
            "fine-tune" => TransferRecipe.FineTune(images, start.Network),
            _ => FromScratch,
        };
        var options = new ResNetClassificationTrainer.Options
        {
            Training = training with
            {
                Epochs = settings.Epochs ?? training.Epochs,
                BatchSize = settings.BatchSize ?? training.BatchSize,
                LearningRate = settings.LearningRate ?? training.LearningRate,
            },
            Seed = settings.Seed,
            Device = settings.Device,
            Context = ml,
            Progress = progress,
            CancellationToken = cancel,
        };
        start.Apply(options);
        return options;
    }

    private static TrainingOptions FromScratch => new()
    {
        Epochs = 20,
        BatchSize = 16,
        LearningRate = 0.05,
        Schedule = LearningRateSchedule.OneCycle(),
        Optimizer = new SgdOptions { Nesterov = true, WeightDecay = 5e-4 },
        Augmentation = Augmentation.Flip(),
        KeepBest = false,
    };
}
