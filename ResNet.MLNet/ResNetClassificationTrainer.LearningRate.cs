using Microsoft.ML;
using Microsoft.ML.Runtime;
using ResNet.Core;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

public sealed partial class ResNetClassificationTrainer
{
    /// <summary>
    /// Trains for some steps at learning rates from very low to very high and measures the loss, to choose <see cref="Options.LearningRate"/>
    /// by (Smith 2017; fastai's <c>lr_find</c>): with the network, weights, optimiser, batches and augmentation of the options. Nothing is kept but the curve.
    /// </summary>
    /// <param name="input">The view with the feature and the label column.</param>
    /// <param name="from">First rate, above 0. Default 1e-7.</param>
    /// <param name="to">Last rate, above the first. Default 10.</param>
    /// <param name="steps">Steps, from 20. Default 100.</param>
    /// <returns>Rates and losses, with suggestions: <see cref="LearningRateCurve.Valley"/>.</returns>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public LearningRateCurve FindLearningRate(IDataView input, double from = 1e-7, double to = 10, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(input);
        var seed = _options.Seed ?? (_options.Context as IHostEnvironment)?.Register("FindLearningRate").Rand.Next() ?? 0;
        var label = LabelColumn.Of(input.Schema, _options.LabelColumnName);
        using var images = TrainingData.Read(
            input, _options.FeatureColumnName, label, _options.ImageShape, _options.ImageBudget(), "training", _options.CancellationToken);
        var specification = NetworkChoice.For(_options, images.Shape, label.Names.Count);
        TrainingData.Check(images, label, specification.Normalization is not null);
        var data = images.ToDataset(label.Names.Count);
        using var log = new TrainingLog(_options.Context, null, null);
        using var network = CreateNetwork(specification, DeviceSelection.Parse(_options.Device), seed, label, log);
        return new Trainer(network, _options.Training with { Seed = seed }).FindLearningRate(data, from, to, steps, _options.CancellationToken);
    }
}
