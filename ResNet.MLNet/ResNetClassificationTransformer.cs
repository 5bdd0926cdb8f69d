using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Scoring;

namespace ResNet.MLNet;

/// <summary>
/// A trained residual network as an ML.NET model. It adds two columns: <c>Score</c>, the classes' probabilities
/// (Vector&lt;Single, number of classes&gt;, summing to 1, with the labels as SlotNames), and <c>PredictedLabel</c>, a key
/// with the training label's values in the training label's order (MapKeyToValue gives the value).
/// </summary>
/// <remarks>
/// <para>The feature column may be any form of image that <see cref="ResNetClassificationTrainer"/> takes, also another
/// one than in training, as long as the images have the same shape.</para>
/// <para>A view is scored lazily, in batches of <see cref="ResNetClassificationTrainer.Options.ScoringBatchSize"/> rows, and
/// only where a score is asked for. When an image column is read from the view together with the scores, rows are
/// scored one by one: images belong to their producer and cannot be kept while reading ahead.</para>
/// <para>Rows that cannot be scored (another length or size, values that are not finite, no image) are errors that name the row:
/// <see cref="InvalidDataException"/>, wrapped where ML.NET reads on other threads.</para>
/// <para>Thread safety: all members, and the views and mappers made here, can be used from several threads at once; a cursor, a
/// row and a PredictionEngine belong to one thread at a time. <see cref="Dispose"/> must not overlap with scoring.</para>
/// </remarks>
public sealed class ResNetClassificationTransformer : ITransformer, IDisposable
{
    private readonly SavedColumns _columns;
    private readonly LabelColumn _label;
    private readonly TrainedModel _model;
    private readonly ImageScorer _scorer;
    private readonly TrainingResult? _trainingResult;

    internal ResNetClassificationTransformer(
        SavedColumns columns, LabelColumn label, ImageShape shape, TrainedModel model, ScoringOptions scoring, TrainingResult? result)
    {
        (_columns, _label, _model, _trainingResult) = (columns, label, model, result);
        _scorer = new(
            shape, model.Specification.Classes, scoring.BatchSize, () => ScoringEngines.Classifier(model, shape, scoring), model,
            nameof(ResNetClassificationTransformer));
    }

    /// <summary>The classes' names, in the order of the scores: the label's key values as text, or "0", "1", … where the label had none.</summary>
    public IReadOnlyList<string> LabelNames => _label.Names;

    /// <summary>What the network is: preset or own specification, with the classes and channels of the training data.</summary>
    public NetworkSpecification Specification => _model.Specification;

    /// <summary>How a photo becomes the network's input, as its published weights or the model.zip say; null where nothing is known.</summary>
    public Preprocessing? Preprocessing => _model.Preprocessing;

    /// <summary>The shape of the images that the model takes.</summary>
    public ImageShape ImageShape => _scorer.Shape;

    /// <summary>The trained network, for use with TorchSharp. It belongs to this model, which disposes it. Do not change it: ONNX
    /// Runtime scores with the weights that it had at the first scoring.</summary>
    public ClassificationNetwork Network => _model.Network;

    /// <summary>How the training went: losses and accuracies of each epoch, device, time, whether it was cancelled.</summary>
    /// <exception cref="InvalidOperationException">The network came with its weights and was not trained here.</exception>
    public TrainingResult TrainingResult => _trainingResult
        ?? throw new InvalidOperationException("This model was not trained here, so nothing is known of its training.");

    /// <summary>True: rows can be scored one by one, so a PredictionEngine can be made.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the two new columns at its end.</summary>
    /// <param name="inputSchema">A schema with the feature column; no other column is needed.</param>
    /// <returns>The input's columns, then the score and the predicted label.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Scored(inputSchema).Output;

    /// <summary>The view with the two new columns; nothing is read or scored before its rows are.</summary>
    /// <param name="input">A view with the feature column.</param>
    /// <returns>A view that scores while it is read.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    /// <exception cref="InvalidOperationException">The view also has the label column, with its keys in another order than in
    /// training: Evaluate would compare different classes without a sign of it.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _scorer.CheckUsable();
        _label.CheckSameOrder(input.Schema);
        return new ScoredView(input, Scored(input.Schema), _scorer);
    }

    /// <summary>A mapper that scores single rows, when their score or predicted label is read.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        _scorer.CheckUsable();
        return new ScoredRowMapper(Scored(inputSchema), _scorer);
    }

    /// <summary>Loads the network into its engine and runs a black image through it, so that the first prediction takes no longer than others.
    /// Scores are not changed by it.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The network cannot be run; the message says why.</exception>
    public void WarmUp() => _scorer.WarmUp();

    /// <summary>Writes the network's weights in TorchSharp's format; the parameters are named as in torchvision.</summary>
    /// <param name="path">The file to write, usually <c>*.dat</c>; replaced if it exists.</param>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void SaveWeights(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _scorer.CheckUsable();
        Network.save(path);
    }

    /// <summary>Frees the network. Views and engines over this model fail from then on. Calling it again does nothing.</summary>
    public void Dispose() => _scorer.Dispose();

    /// <summary>Called by <c>ml.Model.Save</c>: writes transformers of ML.NET's own packages around the network as ONNX, so that
    /// the model.zip loads in any app with Microsoft.ML.OnnxTransformer. <c>ml.Model.LoadResNet</c> gives this class again.</summary>
    /// <param name="ctx">Where the model is saved.</param>
    /// <exception cref="InvalidOperationException">Stock transformers cannot take what the model takes; the message says what to change.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        _scorer.CheckUsable();
        ModelSaver.Save(ctx, _model, _columns, _label, ImageShape);
    }

    private ScoredSchema Scored(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var pixels = PixelColumn.Of(inputSchema, _columns.Feature, ImageShape);
        var output = new DataViewSchema.Builder();
        output.AddColumns(inputSchema);
        OutputColumns.Add(output, _columns.Score, _columns.PredictedLabel, LabelNames, _label.KeyValues);
        return new(inputSchema, output.ToSchema(), pixels);
    }
}
