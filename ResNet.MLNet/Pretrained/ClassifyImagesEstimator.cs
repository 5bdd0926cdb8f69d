using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using static TorchSharp.torch;

namespace ResNet.MLNet;

/// <summary>
/// Puts a trained network into a pipeline as it is; made by <c>ml.Transforms.ClassifyImages(…)</c>. Fit reads no row: it
/// loads the weights. The model is the same as a trained one. Thread-safe.
/// </summary>
public sealed class ClassifyImagesEstimator : IEstimator<ResNetClassificationTransformer>
{
    private readonly NetworkSpecification _specification;
    private readonly IReadOnlyList<string> _labels;
    private readonly Func<Device, ClassificationNetwork> _network;
    private readonly Preprocessing? _preprocessing;
    private readonly ClassifyImagesOptions _options;

    internal ClassifyImagesEstimator(
        NetworkSpecification specification, IReadOnlyList<string> labels, Func<Device, ClassificationNetwork> network, Preprocessing? preprocessing,
        ClassifyImagesOptions? options)
    {
        if (labels.Count != specification.Classes)
            throw new ArgumentException($"The network {specification.Name} has {specification.Classes} classes, but there are {labels.Count} labels.", nameof(labels));
        if (labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The label '{twice.Key}' comes {twice.Count()} times; ML.NET takes equal labels for one class. Tell them apart.", nameof(labels));
        (_specification, _labels, _network, _preprocessing, _options) = (specification, [.. labels], network, preprocessing, options?.Clone() ?? new());
    }

    private ImageShape Shape => _options.ImageShape ?? new(_specification.InputChannels, _specification.InputSize, _specification.InputSize);

    /// <summary>Loads the weights. No row is read.</summary>
    /// <param name="input">A view with the feature column.</param>
    /// <returns>The model; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no feature column, or it does not hold images of <see cref="ClassifyImagesOptions.ImageShape"/>; or the device is unknown.</exception>
    /// <exception cref="IOException">The weights are not on this machine and cannot be downloaded; the message says what to put where.</exception>
    /// <exception cref="InvalidDataException">The weights' file is damaged or another one.</exception>
    public ResNetClassificationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = _options.Columns;
        _specification.CheckImages(Shape.Channels, Shape.Height, Shape.Width);
        _specification.CheckViews(_options.TestTimeAugmentation, Shape.Height, Shape.Width);
        var label = KeyLabelColumn.Of(OutputSchema(columns with { PredictedLabel = _options.LabelColumnName }), _options.LabelColumnName);
        var model = new TrainedModel.OfNetwork(_network(DeviceSelection.Parse(_options.Device)), _preprocessing);
        return new(new(SavedColumns.Of(input.Schema, columns, label.Name, Shape), label, Shape, model, Result: null), _options.Scoring);
    }

    /// <summary>The schema shape with the new columns.</summary>
    /// <param name="inputSchema">A shape with the feature column.</param>
    /// <returns>The input's columns and the new ones: score (with SlotNames) and predicted label (with KeyValues).</returns>
    /// <exception cref="ArgumentException">The feature column is missing or of another kind.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        if (!columns.TryGetValue(_options.FeatureColumnName, out var feature))
            throw Columns.Missing(_options.FeatureColumnName, "feature", columns.Keys);
        PixelColumn.CheckKind(feature);
        foreach (var column in SchemaShapes.Of(OutputSchema(_options.Columns))) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private DataViewSchema OutputSchema(ModelColumns names)
    {
        var keyValues = new DataViewSchema.Annotations.Builder();
        keyValues.Add(OutputColumns.KeyValues, new VectorDataViewType(TextDataViewType.Instance, _labels.Count),
            (ref VBuffer<ReadOnlyMemory<char>> values) => values = new(_labels.Count, [.. _labels.Select(label => label.AsMemory())]));
        var schema = new DataViewSchema.Builder();
        if (names.Embedding is not null) OutputColumns.Embedding(names.Embedding, _specification.Features).AddTo(schema);
        foreach (var column in ResNetClassificationTransformer.Added(names.Score, names.PredictedLabel, _labels, keyValues.ToAnnotations())) column.AddTo(schema);
        return schema.ToSchema();
    }
}
