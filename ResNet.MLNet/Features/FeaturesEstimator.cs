using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;
using static TorchSharp.torch;

namespace ResNet.MLNet;

/// <summary>
/// Makes features of images, to be followed by any of ML.NET's own trainers; made by <c>ml.Transforms.ResNetFeatures(…)</c>. Fit loads
/// the weights and reads no row, or one where only the rows tell how large images are. Thread-safe.
/// </summary>
public sealed class FeaturesEstimator : IEstimator<FeaturesTransformer>
{
    private readonly string _output;
    private readonly string _input;
    private readonly Func<Device, ClassificationNetwork> _network;
    private readonly bool _ownsNetwork;
    private readonly FeatureLayer _layer;
    private readonly ImageShape? _imageShape;
    private readonly ScoringOptions _scoring;

    internal FeaturesEstimator(
        string output, string input, Func<Device, ClassificationNetwork> network, bool ownsNetwork, FeatureLayer? layer, ImageShape? imageShape, ScoringOptions? scoring)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        ArgumentException.ThrowIfNullOrWhiteSpace(input);
        if (output == input)
            throw new ArgumentException($"The features cannot take the place of their images, column '{input}': name another output column.", nameof(output));
        (_output, _input, _network, _ownsNetwork) = (output, input, network, ownsNetwork);
        (_layer, _imageShape, _scoring) = (layer ?? FeatureLayer.Embedding, imageShape, ScoringOptions.ForFeatures(scoring));
    }

    /// <summary>Loads the weights.</summary>
    /// <param name="input">A view with the images' column.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The column is missing or of another kind, its images do not suit the network, or there is no such stage or device.</exception>
    /// <exception cref="IOException">The weights are not on this machine and cannot be downloaded; the message says what to put where.</exception>
    /// <exception cref="InvalidDataException">The weights' file is damaged or another one, or the size of the images has to come from the rows and there are none.</exception>
    public FeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = TrainingData.Shape(input, _input, _imageShape, _scoring.UnreadableImages == UnreadableScorePolicy.NaN);
        // Nothing else to be named: there are no labels and no keys.
        var columns = SavedColumns.Of(input.Schema, new ModelColumns(_input, _output, _output), _output, shape);
        var network = _network(DeviceSelection.Parse(_scoring.Device));
        try
        {
            network.Specification.CheckImages(shape.Channels, shape.Height, shape.Width);
            return new(columns, network, _ownsNetwork, _layer, shape, _scoring);
        }
        catch
        {
            if (_ownsNetwork) network.Dispose();
            throw;
        }
    }

    /// <summary>The schema shape with the new column.</summary>
    /// <param name="inputSchema">A shape with the images' column.</param>
    /// <returns>The input's columns and the new one.</returns>
    /// <exception cref="ArgumentException">The images' column is missing or of another kind.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        if (!columns.TryGetValue(_input, out var images)) throw Columns.Missing(_input, "feature", columns.Keys);
        PixelColumn.CheckKind(images);
        var added = new DataViewSchema.Builder();
        added.AddColumn(_output, new VectorDataViewType(NumberDataViewType.Single, 1));
        columns[_output] = SchemaShapes.Of(added.ToSchema()).Single();
        return new SchemaShape(columns.Values);
    }
}
