using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>What all trainers of residual networks have in common: from random or from published weights to an ML.NET model.</summary>
/// <remarks>
/// <para>Feature column, one of:
/// an image column (all images of one size; an image of another size than the first is an error that names its row: put ResizeImages before);
/// a vector of Single or Byte with dimensions channels×height×width (ExtractPixels) or height×width×channels (interleaved),
/// 1 or 3 channels, or height×width (grey);
/// a flat vector, with <see cref="ResNetTrainerOptions.ImageShape"/> set.</para>
/// <para>Values are pixels 0..255, red first, as ExtractPixels gives them. Leave its offset and scale at their defaults: the network
/// normalises its input as its first step. Values that all lie in −1.5..1.5 are therefore an error.</para>
/// <para>The images are read once and kept, a byte a value where they are whole numbers in 0..255, else four: in memory up to
/// <see cref="ResNetTrainerOptions.ImageCacheMemory"/>, beyond it in a temporary file. Where the head alone is
/// trained (<see cref="TrainingMode.HeadOnly"/>), none is kept: the rest of the network makes features of them once, which are also kept on
/// disk for the next time (<see cref="ResNetTrainerOptions.WorkspacePath"/>).</para>
/// <para>Thread safety: a trainer has no state of its own but its options; Fit may run several times, each time from the start.</para>
/// </remarks>
/// <typeparam name="TTransformer">The model.</typeparam>
public abstract class ResNetTrainer<TTransformer> : IEstimator<TTransformer>
    where TTransformer : ResNetTransformer
{
    private protected ResNetTrainer(ResNetTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Settings = options.Clone();
    }

    private protected ResNetTrainerOptions Settings { get; }

    /// <summary>Trains on a view, measuring on <see cref="ResNetTrainerOptions.ValidationSet"/> or <see cref="ResNetTrainerOptions.ValidationSetFraction"/> if set.</summary>
    /// <param name="input">The view with the feature and the label column.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind, or an option does not suit the data.</exception>
    /// <exception cref="InvalidDataException">Rows without label or image, with values that are not numbers,
    /// of one class only, or normalised already.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not a finite number in the first epoch. Later, the model of the best epoch is
    /// returned, its TrainingResult says Diverged, and the log where and at which learning rate.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first training step.</exception>
    public TTransformer Fit(IDataView input) => Train(input, Settings.ValidationSet);

    /// <summary>Trains on one view and measures on another after each epoch.</summary>
    /// <param name="trainData">The view to train on, all its rows.</param>
    /// <param name="validationData">The view to measure on: images of the same shape, labels of the same classes.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public TTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Train(trainData, validationData);
    }

    /// <summary>
    /// Trains for some steps at learning rates from very low to very high and measures the loss, to choose <see cref="ResNetTrainerOptions.LearningRate"/>
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
        using var training = Training(input, "FindLearningRate");
        return training.FindLearningRate(input, from, to, steps);
    }

    /// <summary>The schema shape with the new columns.</summary>
    /// <param name="inputSchema">A shape with the feature and the label column.</param>
    /// <returns>The input's columns and the new ones, with their annotations.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        PixelColumn.CheckKind(Find(Settings.FeatureColumnName, "feature"));
        var added = new DataViewSchema.Builder();
        if (Settings.Columns.Embedding is { } embedding) OutputColumns.Embedding(embedding, 1).AddTo(added);
        foreach (var column in OutputShape(Find(Settings.LabelColumnName, "label"))) column.AddTo(added);
        foreach (var column in SchemaShapes.Of(added.ToSchema())) columns[column.Name] = column;
        return new SchemaShape(columns.Values);

        SchemaShape.Column Find(string name, string role) =>
            columns.TryGetValue(name, out var column) ? column : throw Columns.Missing(name, role, columns.Keys);
    }

    /// <summary>The label column, checked.</summary>
    private protected abstract LabelColumn Label(DataViewSchema schema);

    /// <summary>Columns of the types of the new ones, sizes aside; the label column is checked.</summary>
    private protected abstract IEnumerable<OutputColumn> OutputShape(SchemaShape.Column label);

    /// <summary>Refuses options that do not suit each other.</summary>
    /// <param name="isValidated">Whether there are validation images.</param>
    private protected virtual void Check(bool isValidated)
    {
    }

    private protected abstract TTransformer Model(TrainedNetwork trained, TrainingLog log);

    private TTransformer Train(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        Check(validationData is not null || Settings.ValidationSetFraction > 0);
        using var training = Training(trainData, GetType().Name);
        return Model(training.Run(trainData, validationData), training.Log);
    }

    private NetworkTraining Training(IDataView data, string name)
    {
        var host = (Settings.Context as IHostEnvironment)?.Register(name);
        return new(Settings, Label(data.Schema), Settings.Seed ?? host?.Rand.Next() ?? 0, new TrainingLog(host, Settings.Progress, Settings.MetricsCallback));
    }
}
