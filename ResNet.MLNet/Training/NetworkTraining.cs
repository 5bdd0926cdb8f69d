using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using TorchSharp;

namespace ResNet.MLNet.Training;

/// <summary>One training, from views to a network.</summary>
internal sealed class NetworkTraining(ResNetTrainerOptions options, LabelColumn label, int seed, TrainingLog log) : IDisposable
{
    private readonly UnreadableRows _inTraining = new(options.UnreadableImages, TrainingData.Training), _inValidation = new(options.UnreadableImages, TrainingData.Validation);

    /// <summary>Trains on one view and measures on the other, if there is one, or on a part of the first, if the options say so.</summary>
    public TrainedNetwork Run(IDataView trainData, IDataView? validationData)
    {
        var cancellation = options.CancellationToken;
        var device = DeviceSelection.Parse(options.Device);
        _ = options.Columns;
        if (validationData is not null) label.CheckSameOrder(validationData.Schema);
        var onFeatures = FrozenFeatures.Suit(options);
        if (onFeatures == FeaturePart.Whole)
        {
            var shape = TrainingData.Shape(trainData, options.FeatureColumnName, options.ImageShape, _inTraining.Skips);
            var frozen = new FrozenFeatures(options, label, shape, seed, log);
            return Trained(
                trainData, shape, NetworkChoice.For(options, shape, label.Names.Count), device,
                network => frozen.Train(network, (trainData, _inTraining), validationData is null ? null : (validationData, _inValidation)));
        }

        var budget = options.ImageBudget();
        using var images = TrainingData.Read(trainData, options, label, options.ImageShape, budget, _inTraining, log);
        var specification = NetworkChoice.For(options, images.Shape, label.Names.Count);
        var all = Checked(images, specification);
        (IImageDataset train, IImageDataset? validation) = (all, null);
        using var measured = validationData is null ? null : TrainingData.Read(validationData, options, label, images.Shape, budget, _inValidation, log);
        if (measured is not null) validation = measured.ToDataset(label.Of(measured.Labels));
        else if (options.ValidationSetFraction > 0) (train, validation) = all.Split(options.ValidationSetFraction, seed);

        return Trained(trainData, images.Shape, specification, device, network =>
        {
            log.Info($"{train.Count} images of {images.Shape}, {label.Names.Count} classes, {validation?.Count ?? 0} images for validation");
            if (onFeatures == FeaturePart.Start) return new FrozenFeatures(options, label, images.Shape, seed, log).Train(network, train, validation);
            return new Trainer(network, options.Training with { Seed = seed }).Fit(train, validation, log, cancellation);
        });
    }

    public LearningRateCurve FindLearningRate(IDataView input, double from, double to, int steps)
    {
        using var images = TrainingData.Read(input, options, label, options.ImageShape, options.ImageBudget(), _inTraining, log);
        var specification = NetworkChoice.For(options, images.Shape, label.Names.Count);
        var data = Checked(images, specification);
        using var network = CreateNetwork(specification, DeviceSelection.Parse(options.Device));
        return new Trainer(network, options.Training with { Seed = seed }).FindLearningRate(data, from, to, steps, options.CancellationToken);
    }

    public TrainingLog Log => log;

    public void Dispose() => log.Dispose();

    private CachedImages Checked(PixelCache images, NetworkSpecification specification)
    {
        var labels = label.Of(images.Labels);
        label.Check(labels, log.Warning);
        TrainingData.CheckRange(images.Range.Low, images.Range.High, specification.Normalization is not null);
        return images.ToDataset(labels);
    }

    // The network, trained in whichever way.
    private TrainedNetwork Trained(
        IDataView data, ImageShape shape, NetworkSpecification specification, torch.Device device, Func<ClassificationNetwork, TrainingResult> train)
    {
        specification.CheckViews(options.TestTimeAugmentation, shape.Height, shape.Width);
        var network = CreateNetwork(specification, device);
        try
        {
            var parameters = network.parameters().Sum(parameter => parameter.numel());
            log.Info($"{network.Specification.Name}, {parameters:n0} parameters, on {device}");
            var result = train(network);
            log.Ended(result);
            return new(
                SavedColumns.Of(data.Schema, options.Columns, label.Name, shape), label, shape,
                new TrainedModel.OfNetwork(network, options.Weights?.Preprocessing ?? options.ContinueFrom?.Preprocessing), result)
            {
                Skipped = [.. _inTraining.Skipped, .. _inValidation.Skipped],
            };
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // With the weights that the options say.
    private ClassificationNetwork CreateNetwork(NetworkSpecification specification, torch.Device device)
    {
        var network = specification.Create(device, seed);
        try
        {
            if (options.Weights is { } weights)
                log.Info($"{weights.Name}: {network.LoadWeights(weights.Load(cancellationToken: options.CancellationToken), skipClassifier: true)}");
            if (options.InitialWeights is { } own) log.Info($"{network.LoadWeights(own, skipClassifier: true)}");
            if (options.ContinueFrom is { } saved) log.Info($"{Continuation.Load(network, saved, label.Names)}");
            if (options.SurvivalProbability is not null && options is { Weights: not null } or { InitialWeights: not null } or { ContinueFrom: not null })
                ((ResidualNetwork)network).ComputeAsWith((options.ContinueFrom?.Specification as ResNetSpecification)?.SurvivalProbability ?? 1);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
