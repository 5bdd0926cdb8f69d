using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;
using TorchSharp;

namespace ResNet.MLNet;

/// <summary>
/// Trains a network to classify images, from random or from published weights; an ML.NET estimator.
/// Made by <c>ml.MulticlassClassification.Trainers.ResNetClassification(…)</c>.
/// </summary>
/// <remarks>
/// <para>Feature column, one of:
/// an image column (all images of one size; an image of another size than the first is an error that names its row: put ResizeImages before);
/// a vector of Single or Byte with dimensions channels×height×width (ExtractPixels) or height×width×channels (interleaved),
/// 1 or 3 channels, or height×width (grey);
/// a flat vector, with <see cref="Options.ImageShape"/> set.</para>
/// <para>Values are pixels 0..255, red first, as ExtractPixels gives them. Leave its offset and scale at their defaults: the network
/// normalises its input as its first step. Values that all lie in −1.5..1.5 are therefore an error.</para>
/// <para>Label column: a key with a known count, as MapValueToKey makes it. Rows without a label are an error that says how many there are.</para>
/// <para>The images are read once and kept in memory: a byte a value if all are whole numbers in 0..255, else four. Where the head alone is
/// trained (<see cref="TrainingMode.HeadOnly"/>), none is kept: the rest of the network makes features of them once, which are also kept on
/// disk for the next time (<see cref="Options.WorkspacePath"/>).</para>
/// <para>Thread safety: a trainer has no state of its own but its options; Fit may run several times, each time from the start.</para>
/// </remarks>
public sealed partial class ResNetClassificationTrainer : IEstimator<ResNetClassificationTransformer>
{
    private readonly Options _options;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">The options; later changes to the object do not reach the trainer.</param>
    public ResNetClassificationTrainer(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Clone();
    }

    /// <summary>Trains on a view, measuring on <see cref="Options.ValidationSet"/> or <see cref="Options.ValidationSetFraction"/> if set.</summary>
    /// <param name="input">The view with the feature and the label column.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind, or an option does not suit the data.</exception>
    /// <exception cref="InvalidDataException">Rows without label or image, with values that are not numbers,
    /// of one class only, or normalised already.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not a finite number in the first epoch. Later, the model of the best epoch is
    /// returned, its TrainingResult says Diverged, and the log where and at which learning rate.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first training step.</exception>
    public ResNetClassificationTransformer Fit(IDataView input) => Train(input, _options.ValidationSet);

    /// <summary>Trains on one view and measures on another after each epoch.</summary>
    /// <param name="trainData">The view to train on, all its rows.</param>
    /// <param name="validationData">The view to measure on: images of the same shape, labels with the same keys.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public ResNetClassificationTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Train(trainData, validationData);
    }

    /// <summary>The schema shape with the two new columns.</summary>
    /// <param name="inputSchema">A shape with the feature and the label column.</param>
    /// <returns>The input's columns and the new ones: score (with SlotNames) and predicted label (with KeyValues if the label has them).</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        var feature = Find(_options.FeatureColumnName, "feature");
        PixelColumn.CheckKind(feature);
        var label = Find(_options.LabelColumnName, "label");
        if (!label.IsKey || label.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw new ArgumentException(LabelColumn.NotAKey(label.Name, $"{label.Kind} of {label.ItemType}"));

        var keyValues = new DataViewSchema.Annotations.Builder();
        foreach (var values in label.Annotations.Where(column => column.Name == OutputColumns.KeyValues))
            ItemType.Find(values.ItemType)?.AddEmptyKeyValues(keyValues, (PrimitiveDataViewType)values.ItemType);
        var added = new DataViewSchema.Builder();
        OutputColumns.Add(added, _options.ScoreColumnName, _options.PredictedLabelColumnName, ["0", "1"], keyValues.ToAnnotations());
        foreach (var column in SchemaShapes.Of(added.ToSchema())) columns[column.Name] = column;
        return new SchemaShape(columns.Values);

        SchemaShape.Column Find(string name, string role) =>
            columns.TryGetValue(name, out var column) ? column : throw Columns.Missing(name, role, columns.Keys);
    }

    private ResNetClassificationTransformer Train(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        var cancellation = _options.CancellationToken;
        var host = (_options.Context as IHostEnvironment)?.Register("ResNetClassification");
        var seed = _options.Seed ?? host?.Rand.Next() ?? 0;
        var device = DeviceSelection.Parse(_options.Device);

        var label = LabelColumn.Of(trainData.Schema, _options.LabelColumnName);
        if (validationData is not null) label.CheckSameOrder(validationData.Schema);
        using var log = new TrainingLog(host, _options.Progress, _options.MetricsCallback);
        if (FrozenFeatures.Suit(_options))
        {
            var shape = TrainingData.Shape(trainData, _options.FeatureColumnName, _options.ImageShape);
            var frozen = new FrozenFeatures(_options, label, shape, seed, log);
            return Trained(
                trainData, label, shape, NetworkChoice.For(_options, shape, label.Names.Count), device, seed, log,
                network => frozen.Train(network, trainData, validationData));
        }

        var budget = _options.ImageBudget();
        using var images = Read(trainData, _options.ImageShape, "training");
        var specification = NetworkChoice.For(_options, images.Shape, label.Names.Count);
        TrainingData.Check(images, label, specification.Normalization is not null);

        var all = images.ToDataset(label.Names.Count);
        (IImageDataset train, IImageDataset? validation) = (all, null);
        using var measured = validationData is null ? null : Read(validationData, images.Shape, "validation");
        if (measured is not null) validation = measured.ToDataset(label.Names.Count);
        else if (_options.ValidationSetFraction > 0) (train, validation) = all.Split(_options.ValidationSetFraction, seed);

        return Trained(trainData, label, images.Shape, specification, device, seed, log, network =>
        {
            log.Info($"{train.Count} images of {images.Shape}, {label.Names.Count} classes, {validation?.Count ?? 0} images for validation");
            return new Trainer(network, _options.Training with { Seed = seed }).Fit(train, validation, log, cancellation);
        });

        PixelCache Read(IDataView view, ImageShape? shape, string role)
        {
            var read = TrainingData.Read(view, _options.FeatureColumnName, label, shape, budget, role, cancellation);
            log.Info($"{read.Labels.Count} {role} images: {read.InMemory / 1e6:0.0} MB in memory, {read.OnDisk / 1e6:0.0} MB on disk{(read.OnDisk > 0 ? $" in '{budget.Folder}'" : "")}");
            return read;
        }
    }

    // The network, trained in whichever way, as a model.
    private ResNetClassificationTransformer Trained(
        IDataView data, LabelColumn label, ImageShape shape, NetworkSpecification specification, torch.Device device, int seed, TrainingLog log,
        Func<ClassificationNetwork, TrainingResult> train)
    {
        var network = CreateNetwork(specification, device, seed, label, log);
        try
        {
            var parameters = network.parameters().Sum(parameter => parameter.numel());
            log.Info($"{specification.Name}, {parameters:n0} parameters, on {device}");
            var result = train(network);
            log.Ended(result);
            var columns = new ModelColumns(_options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName);
            return new(SavedColumns.Of(data.Schema, columns, label.Name, shape), label, shape, new TrainedModel.OfNetwork(network, _options.Weights?.Preprocessing ?? _options.ContinueFrom?.Preprocessing), _options.Scoring, result);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // With the weights that the options say.
    private ClassificationNetwork CreateNetwork(NetworkSpecification specification, torch.Device device, int seed, LabelColumn label, TrainingLog log)
    {
        var network = specification.Create(device, seed);
        try
        {
            if (_options.Weights is { } weights)
                log.Info($"{weights.Name}: {network.LoadWeights(weights.Load(cancellationToken: _options.CancellationToken), skipClassifier: true)}");
            if (_options.InitialWeights is { } own) log.Info($"{network.LoadWeights(own, skipClassifier: true)}");
            if (_options.ContinueFrom is { } saved) log.Info($"{Continuation.Load(network, saved, label.Names)}");
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
