using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Trains a network as its <see cref="TrainingOptions"/> say. Changes the network in place and owns nothing of it, and keeps no
/// state from one run to the next. One run at a time; not for use from several threads.
/// </summary>
public sealed class Trainer
{
    private readonly ClassificationNetwork network;
    private readonly TrainingOptions options;

    /// <param name="network">The network to train, with the weights to start from. It stays the caller's.</param>
    /// <param name="options">How to train.</param>
    public Trainer(ClassificationNetwork network, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        (this.network, this.options) = (network, options);
    }

    /// <summary>Runs the training. Afterwards the network is on the training device, in eval mode.</summary>
    /// <param name="train">The images to learn from, at least two, of as many classes as the network has.</param>
    /// <param name="validation">Images to measure on after each epoch; null (default): none.</param>
    /// <param name="progress">Hears of every batch, on this thread, before the next one starts; what it throws ends the run.</param>
    /// <param name="cancellationToken">
    /// Stops the run after the current batch: the result has <c>Cancelled</c> set. The network has the weights of the best epoch so
    /// far where <see cref="TrainingOptions.KeepBest"/> applies, else its latest ones.
    /// </param>
    /// <returns>The metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Data, network and options do not fit together, or the device is absent; the message says how.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first step: the weights are unchanged.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss is not finite in the first epoch; the network has the weights that it started with. Later, the run ends with the
    /// weights of the best epoch, or of the last whole one, and the result says so.
    /// </exception>
    public TrainingResult Fit(
        IImageDataset train,
        IImageDataset? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return Prepared(train, validation, cancellationToken, (options, training, measured, device) =>
        {
            using var run = new TrainingRun(network, options, device, training, measured, progress, cancellationToken);
            return run.Execute();
        });
    }

    /// <summary>
    /// Trains for some steps at learning rates from very low to very high and measures the loss, to choose a rate by (Smith 2017; fastai's
    /// <c>lr_find</c>). Ends early where the loss is four times its best. Afterwards the network has the weights that it had before.
    /// </summary>
    /// <param name="train">As for <see cref="Fit"/>.</param>
    /// <param name="from">First rate, above 0. Default 1e-7.</param>
    /// <param name="to">Last rate, above the first. Default 10.</param>
    /// <param name="steps">Steps, at least 20. Default 100.</param>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Rates and losses, with suggestions.</returns>
    /// <exception cref="ArgumentException">Data, network and options do not fit together, or an argument is out of range.</exception>
    public LearningRateCurve FindLearningRate(
        IImageDataset train, double from = 1e-7, double to = 10, int steps = 100, CancellationToken cancellationToken = default)
    {
        OptionCheck.Positive(from, nameof(from));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        OptionCheck.AtLeast(20, steps, nameof(steps));
        return Prepared(train, null, cancellationToken, (options, training, _, _) =>
            LearningRateTest.Run(network, options, training, from, to, steps, cancellationToken));
    }

    // Checks everything, and does the work on the device with the threads and the memory layout for training.
    private T Prepared<T>(
        IImageDataset train, IImageDataset? validation, CancellationToken cancellationToken, Func<TrainingOptions, TrainingData, TrainingData?, Device, T> work)
    {
        ArgumentNullException.ThrowIfNull(train);
        Check(train, "training");
        if (validation is not null)
        {
            Check(validation, "validation");
        }

        CheckBatchNorm(train);
        options.Optimizer.Validate();
        var device = DeviceSelection.Parse(options.Device);
        cancellationToken.ThrowIfCancellationRequested();
        var threads = get_num_threads();
        network.to(device);
        network.Try(train.Height, train.Width);
        var resolved = AutomaticBatchSize.Resolve(options, network, train, device);
        using var layout = ChannelsLast.Weights(network);
        using var training = new TrainingData(train, resolved, device);
        using var measured = validation is null
            ? null
            : new TrainingData(validation, resolved with { ClassBalancing = ClassBalancing.None, ClassWeights = null }, device);
        try
        {
            set_num_threads(resolved.Threads ?? threads);
            return work(resolved, training, measured, device);
        }
        finally
        {
            set_num_threads(threads);
            network.eval();
        }
    }

    private void Check(IImageDataset data, string role)
    {
        if (data.Count == 0)
        {
            throw new ArgumentException($"The {role} data has no images.");
        }

        var specification = network.Specification;
        if (data.Classes < 2)
        {
            throw new ArgumentException($"The {role} data has {data.Classes} class; there must be at least 2 to tell apart.");
        }

        if (data.Classes != specification.Classes)
        {
            throw new ArgumentException(
                $"The {role} data has {data.Classes} classes, but {specification.Name} has {specification.Classes}; " +
                $"build the network with Classes = {data.Classes}.");
        }

        specification.CheckImages(data.Channels, data.Height, data.Width);
    }

    // Batch norm in training needs two values a channel: one image will do, unless the last stage has a single pixel left.
    private void CheckBatchNorm(IImageDataset train)
    {
        var stride = network.Specification.Stride;
        if ((options.BatchSize == 1 || options.MicroBatchSize == 1 || train.Count == 1) && train.Height <= stride && train.Width <= stride)
        {
            throw new ArgumentException(
                $"Batches of one image of {train.Height}×{train.Width} pixels leave batch norm a single value a channel; " +
                "set BatchSize and MicroBatchSize to at least 2, and give at least two images.");
        }
    }
}
