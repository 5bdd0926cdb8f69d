using ResNet.Core;

namespace Experiments;

/// <summary>How every network of the experiments is trained.</summary>
internal static class NetworkTraining
{
    /// <summary>Trains a fresh network of that kind.</summary>
    /// <param name="specification">The network.</param>
    /// <param name="data">The images.</param>
    /// <param name="settings">Scale, seed, device.</param>
    /// <param name="epochs">Passes over the images, unless the settings say otherwise.</param>
    /// <param name="log">Hears of each epoch.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="microBatchSize">As in <see cref="TrainingOptions"/>.</param>
    /// <returns>The network, which the caller owns, and its figures.</returns>
    public static (ResidualNetwork Network, TrainingResult Result) Train(
        ResNetSpecification specification, ImageData data, Settings settings, int epochs, Action<string> log, CancellationToken cancel, int? microBatchSize = null)
    {
        var network = specification.Create(seed: settings.Seed);
        var result = new Trainer(network, Options(specification, data, settings, settings.Epochs ?? epochs, microBatchSize))
            .Fit(data.Train, data.Test, new EpochLog(specification.Name, log), cancel);
        cancel.ThrowIfCancellationRequested();
        log($"{specification.Name}: training error {1 - result.Epochs[^1].TrainAccuracy:P1}, test error {TestError(result):P1}, {result.Elapsed.TotalSeconds:F0} s");
        return (network, result);
    }

    /// <summary>Share of the test images that the trained network has wrong, 0..1.</summary>
    public static double TestError(TrainingResult result) => 1 - result.Epochs[^1].ValidationAccuracy!.Value;

    // Full: the CIFAR recipe (He et al. 2015, 4.2). Quick: the same in a short cycle.
    private static TrainingOptions Options(ResNetSpecification specification, ImageData data, Settings settings, int epochs, int? microBatchSize) => new()
    {
        Epochs = epochs,
        BatchSize = settings.Pick(16, 64, 128),
        MicroBatchSize = microBatchSize,
        LearningRate = 0.1,
        Schedule = settings.Scale == Scale.Full ? Paper(specification.Depth) : LearningRateSchedule.OneCycle(),
        Augmentation = settings.Scale == Scale.Full ? Augmentation.Crop() : Augmentation.None,
        KeepBest = false,
        Seed = settings.Seed,
        Device = settings.Device,
        // Hours, or days: one that was interrupted goes on at its last epoch.
        Checkpoint = settings.Scale == Scale.Full
            ? new() { Path = Path.Combine(settings.Output, "checkpoints", $"{specification.Name}-{data.Train.Count}x{epochs}-seed{settings.Seed}.safetensors") }
            : null,
    };

    // 0.1, a tenth of it from half of the run on, a hundredth from three quarters on. The paper's network of 110 layers, and so deeper
    // ones here, begin with 0.01 for about an epoch.
    internal static ILearningRateSchedule Paper(int depth)
    {
        var decay = LearningRateSchedule.StepDecay();
        return depth < 110 ? decay : LearningRateSchedule.From(position => position.Epoch < 1 && position.Epochs > 1 ? 0.1 : decay.Factor(position));
    }

    // Called on the training thread, unlike System.Progress, which posts to another.
    private sealed class EpochLog(string name, Action<string> log) : IProgress<TrainingProgress>
    {
        // The first steps are slower than the rest.
        private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15), Long = TimeSpan.FromMinutes(10);
        private bool told;

        public void Report(TrainingProgress value)
        {
            if (!told && value.Elapsed >= Settled)
            {
                told = true;
                if (value.Remaining > Long)
                    log($"  {name}: {value.ImagesPerSecond:F0} images/s, about {Duration(value.Remaining)} to go for this network");
            }

            if (value.Phase == TrainingPhase.Train && value.Batch == value.Batches)
                log($"  {name} epoch {value.Epoch}/{value.Epochs}: training error {1 - value.Accuracy:P1}, {value.ImagesPerSecond:F0} images/s{(value.Remaining > Long ? $", {Duration(value.Remaining)} to go" : "")}");
        }

        private static string Duration(TimeSpan time) =>
            time.TotalHours >= 48 ? $"{time.TotalDays:F1} days" : time.TotalHours >= 2 ? $"{time.TotalHours:F1} hours" : $"{time.TotalMinutes:F0} minutes";
    }
}
