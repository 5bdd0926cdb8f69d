using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Scoring;

namespace ResNet.MLNet;

/// <summary>What all trained residual networks have in common as ML.NET models. They add columns to a view: before the scores, where
/// <see cref="ResNetTrainerOptions.EmbeddingColumnName"/> asks for it, the embedding.</summary>
/// <remarks>
/// <para>The feature column may be any form of image that the trainer takes, also another
/// one than in training, as long as the images have the same shape.</para>
/// <para>A view is scored lazily, in batches of <see cref="ResNetTrainerOptions.ScoringBatchSize"/> rows, and
/// only where a score is asked for. When an image column is read from the view together with the scores, rows are
/// scored one by one: images belong to their producer and cannot be kept while reading ahead.</para>
/// <para>Rows that cannot be scored (another length or size, values that are not finite, no image) are errors that name the row:
/// <see cref="InvalidDataException"/>, wrapped where ML.NET reads on other threads. With <see cref="UnreadableScorePolicy.NaN"/>, those
/// whose image cannot be read get scores of NaN and a missing label instead.</para>
/// <para>Thread safety: all members, and the views and mappers made here, can be used from several threads at once; a cursor, a
/// row and a PredictionEngine belong to one thread at a time. <see cref="Dispose"/> must not overlap with scoring.</para>
/// </remarks>
public abstract class ResNetTransformer : ITransformer, IDisposable
{
    private readonly TrainedNetwork _trained;
    private readonly ImageScorer _scorer;
    private readonly IReadOnlyList<OutputColumn> _added;

    private protected ResNetTransformer(TrainedNetwork trained, ScoringOptions scoring, IReadOnlyList<OutputColumn> added)
    {
        var (model, shape) = (trained.Model, trained.Shape);
        var (specification, augmentation) = (model.Specification, scoring.TestTimeAugmentation ?? model.TestTimeAugmentation);
        specification.CheckViews(augmentation, shape.Height, shape.Width);
        _trained = trained with { TestTimeAugmentation = augmentation };
        var embedding = trained.Columns.Embedding;
        _added = embedding is null ? added : [OutputColumns.Embedding(embedding, specification.Features), .. added];
        _scorer = new(
            shape, embedding is null ? [specification.Classes] : [specification.Classes, specification.Features], scoring,
            () => ScoringEngines.Classifier(model, shape, trained.Columns.Activation, scoring, augmentation, embedding is not null), model, GetType().Name);
    }

    /// <summary>The classes' names, in the order of the scores, as the training data's label column has them; "0", "1", … where it has none.</summary>
    public IReadOnlyList<string> LabelNames => _trained.Label.Names;

    /// <summary>What the network is: preset or own specification, with the classes and channels of the training data.</summary>
    public NetworkSpecification Specification => _trained.Model.Specification;

    /// <summary>How a photo becomes the network's input, as its published weights or the model.zip say; null where nothing is known.</summary>
    public Preprocessing? Preprocessing => _trained.Model.Preprocessing;

    /// <summary>Views of each image that scores and embeddings are averaged over. A saved model.zip does the same in any app.</summary>
    public TestTimeAugmentation TestTimeAugmentation => _trained.TestTimeAugmentation;

    /// <summary>The shape of the images that the model takes.</summary>
    public ImageShape ImageShape => _scorer.Shape;

    /// <summary>The trained network, for use with TorchSharp. It belongs to this model, which disposes it. Do not change it: ONNX
    /// Runtime scores with the weights that it had at the first scoring.</summary>
    public ClassificationNetwork Network => _trained.Model.Network;

    /// <summary>How the training went: losses and accuracies of each epoch, device, time, whether it was cancelled.</summary>
    /// <exception cref="InvalidOperationException">The network came with its weights and was not trained here.</exception>
    public TrainingResult TrainingResult => _trained.Result
        ?? throw new InvalidOperationException("This model was not trained here, so nothing is known of its training.");

    /// <summary>The rows that the training left out, as <see cref="ResNetTrainerOptions.UnreadableImages"/> says; none by default.</summary>
    public IReadOnlyList<SkippedRow> SkippedRows => _trained.Skipped;

    /// <summary>True: rows can be scored one by one, so a PredictionEngine can be made.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the new columns at its end.</summary>
    /// <param name="inputSchema">A schema with the feature column; no other column is needed.</param>
    /// <returns>The input's columns, then the new ones.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Scored(inputSchema).Output;

    /// <summary>The view with the new columns; nothing is read or scored before its rows are.</summary>
    /// <param name="input">A view with the feature column.</param>
    /// <returns>A view that scores while it is read.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    /// <exception cref="InvalidOperationException">The view also has the label column, with its classes in another order than in
    /// training: evaluating would compare different classes without a sign of it.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _scorer.CheckUsable();
        _trained.Label.CheckSameOrder(input.Schema);
        return new ScoredView(input, Scored(input.Schema), _scorer);
    }

    /// <summary>A mapper that scores single rows, when one of the new columns is read.</summary>
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
        ModelSaver.Save(ctx, _trained);
    }

    /// <summary>What runs the network.</summary>
    internal ImageScorer Scorer => _scorer;

    private ScoredSchema Scored(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(inputSchema, _trained.Columns.Feature, ImageShape, _added);
    }
}
