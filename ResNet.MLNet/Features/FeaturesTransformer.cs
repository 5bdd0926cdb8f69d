using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Scoring;

namespace ResNet.MLNet;

/// <summary>
/// Adds a column of features to images: embeddings, or maps of a stage of the network.
/// </summary>
/// <remarks>
/// <para>A view is computed lazily, in batches, and only where the features are asked for, as
/// <see cref="ResNetClassificationTransformer"/> scores. A trainer that passes over its data several times computes them as often:
/// put <c>AppendCacheCheckpoint(ml)</c> between.</para>
/// <para><c>ml.Model.Save</c> writes transformers of ML.NET's own packages, so that a pipeline of features and a stock trainer loads in any
/// app with Microsoft.ML.OnnxTransformer.</para>
/// <para>Thread safety: all members, and the views and mappers made here, can be used from several threads at once; a cursor, a
/// row and a PredictionEngine belong to one thread at a time. <see cref="Dispose"/> must not overlap with reading.</para>
/// </remarks>
public sealed class FeaturesTransformer : ITransformer, IDisposable
{
    private readonly SavedColumns _columns;
    private readonly ClassificationNetwork _network;
    private readonly bool _ownsNetwork;
    private readonly ImageScorer _scorer;

    internal FeaturesTransformer(
        SavedColumns columns, ClassificationNetwork network, bool ownsNetwork, FeatureLayer layer, ImageShape shape, ScoringOptions scoring)
    {
        (_columns, _network, _ownsNetwork, Layer) = (columns, network, ownsNetwork, layer);
        Dimensions = FeatureExtractor.ShapeOf(network, layer, shape.Height, shape.Width);
        _scorer = new(
            shape, [Length], scoring, () => ScoringEngines.Features(network, layer, Length, shape, scoring), new Owned(this), nameof(FeaturesTransformer));
    }

    /// <summary>Which values of the network the features are.</summary>
    public FeatureLayer Layer { get; }

    /// <summary>The features' dimensions: one, or channels, height and width.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Number of one image's features.</summary>
    public int Length => Dimensions.Aggregate(1, (product, side) => checked(product * side));

    /// <summary>The shape of the images that the model takes.</summary>
    public ImageShape ImageShape => _scorer.Shape;

    /// <summary>True: rows can be computed one by one, so a PredictionEngine can be made.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema with the new column at its end.</summary>
    /// <param name="inputSchema">A schema with the images' column; no other column is needed.</param>
    /// <returns>The input's columns, then the features.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => WithFeatures(inputSchema).Output;

    /// <summary>The view with the new column; nothing is read or computed before its rows are.</summary>
    /// <param name="input">A view with the images' column.</param>
    /// <returns>A view that computes while it is read.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _scorer.CheckUsable();
        return new ScoredView(input, WithFeatures(input.Schema), _scorer);
    }

    /// <summary>A mapper that computes single rows, when their features are read.</summary>
    /// <param name="inputSchema">The schema of the rows.</param>
    /// <returns>The mapper.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images of <see cref="ImageShape"/>.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        _scorer.CheckUsable();
        return new ScoredRowMapper(WithFeatures(inputSchema), _scorer);
    }

    /// <summary>Loads the network into its engine and runs a black image through it, so that the first prediction takes no longer than others.
    /// Scores are not changed by it.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The network cannot be run; the message says why.</exception>
    public void WarmUp() => _scorer.WarmUp();

    /// <summary>Frees the network, unless it was given by the caller. Views and engines over this model fail from then on. Calling it again does nothing.</summary>
    public void Dispose() => _scorer.Dispose();

    /// <summary>Called by <c>ml.Model.Save</c>: writes transformers of ML.NET's own packages around the network as ONNX.</summary>
    /// <param name="ctx">Where the model is saved.</param>
    /// <exception cref="InvalidOperationException">Stock transformers cannot take what the model takes; the message says what to change.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        _scorer.CheckUsable();
        FeatureSaver.Save(ctx, _network, Layer, _columns, ImageShape);
    }

    private ScoredSchema WithFeatures(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(inputSchema, _columns.Feature, ImageShape, [OutputColumns.Values(_columns.Score, new(NumberDataViewType.Single, Dimensions))]);
    }

    // The scorer disposes it last, and once.
    private sealed class Owned(FeaturesTransformer model) : IDisposable
    {
        public void Dispose()
        {
            if (model._ownsNetwork) model._network.Dispose();
        }
    }
}
