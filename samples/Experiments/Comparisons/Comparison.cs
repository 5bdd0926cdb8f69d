using ResNet.Core;

namespace Experiments;

/// <summary>Several networks trained alike on the same images, one after the other.</summary>
internal sealed class Comparison(ImageData data, Settings settings, int epochs, Action<string> log, CancellationToken cancel)
{
    private readonly List<(ResNetSpecification Specification, TrainingResult Result)> trained = [];

    /// <summary>Trains one more.</summary>
    /// <param name="specification">The network; it is fitted to the images.</param>
    /// <param name="microBatchSize">As in <see cref="TrainingOptions"/>.</param>
    public TrainingResult Train(ResNetSpecification specification, int? microBatchSize = null)
    {
        var fitted = data.Fit(specification);
        var (network, result) = NetworkTraining.Train(fitted, data, settings, epochs, log, cancel, microBatchSize);
        network.Dispose();
        trained.Add((fitted, result));
        return result;
    }

    /// <summary>Training error of the last epoch, as its images passed, 0..1.</summary>
    public double TrainError(string name) => 1 - Result(name).Epochs[^1].TrainAccuracy;

    /// <summary>Test error after the last epoch, 0..1.</summary>
    public double TestError(string name) => NetworkTraining.TestError(Result(name));

    /// <summary>Duration of the training, validation included, in seconds.</summary>
    public double Seconds(string name) => Result(name).Elapsed.TotalSeconds;

    /// <summary>Training error by epoch.</summary>
    public Chart TrainErrorChart(string name, string title, Func<string, bool>? dashed = null) =>
        Chart(name, title, "training error", epoch => 1 - epoch.TrainAccuracy, dashed);

    /// <summary>Test error by epoch.</summary>
    public Chart TestErrorChart(string name, string title) =>
        Chart(name, title, "test error", epoch => 1 - epoch.ValidationAccuracy!.Value, null);

    /// <summary>Every epoch of every network.</summary>
    public Table Table(string name)
    {
        var table = new Table(name, ["network", "epoch", "train_error", "train_loss", "test_error", "test_loss", "images_per_second"]);
        foreach (var (specification, result) in trained)
        {
            foreach (var epoch in result.Epochs)
                table.Add(specification.Name, epoch.Epoch, 1 - epoch.TrainAccuracy, epoch.TrainLoss, 1 - epoch.ValidationAccuracy!.Value, epoch.ValidationLoss!.Value, epoch.ImagesPerSecond);
        }

        return table;
    }

    private Chart Chart(string name, string title, string up, Func<EpochMetrics, double> figure, Func<string, bool>? dashed) => new(name, $"{title}, {data.Name}", "epoch", up,
        [.. trained.Select(t => new Series(t.Specification.Name, [.. t.Result.Epochs.Select(epoch => ((double)epoch.Epoch, figure(epoch)))], dashed?.Invoke(t.Specification.Name) ?? false))]);

    private TrainingResult Result(string name) => trained.Single(t => t.Specification.Name == name).Result;
}
