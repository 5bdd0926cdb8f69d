using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>Puts this library's transformers in the place of those that a model.zip holds for them.</summary>
internal sealed class ModelReader(IReadOnlyList<(ZipArchiveEntry Entry, OnnxHeader? Header)> files, ScoringOptions scoring, string name)
{
    private int _next;

    /// <summary>The loaded transformer with all its parts, in the order in which the files were found.</summary>
    public ITransformer Replace(ITransformer loaded)
    {
        if (loaded is not TransformerChain<ITransformer> chain)
        {
            return loaded is OnnxTransformer && File() is { Header: not null } ? throw Unexpected() : loaded;
        }
        var parts = chain.ToArray();
        if (parts.Count(part => part is OnnxTransformer) == 1 && !parts.OfType<TransformerChain<ITransformer>>().Any())
        {
            var file = File();
            return file.Header is { } header ? Reopen(chain, file.Entry, header) : chain;
        }
        return new TransformerChain<ITransformer>([.. parts.Select(Replace)]);
    }

    /// <summary>To be called at the end: every file has been met.</summary>
    public void CheckComplete()
    {
        if (_next != files.Count) throw Unexpected();
    }

    private (ZipArchiveEntry Entry, OnnxHeader? Header) File() => _next < files.Count ? files[_next++] : throw Unexpected();

    private ResNetTransformer Reopen(TransformerChain<ITransformer> chain, ZipArchiveEntry entry, OnnxHeader header)
    {
        var columns = Columns(header);
        var signature = header.Signature;
        var specification = header.Specification;
        var shape = new ImageShape(specification.InputChannels, signature.Height ?? specification.InputSize, signature.Width ?? specification.InputSize);
        var model = new TrainedModel.OfFile(ModelZip.Bytes(entry, name), header, scoring.Device);
        if (columns.Activation != signature.Activation || (header.Labels is null && columns.Activation == OutputActivation.Sigmoid))
            throw new InvalidDataException($"{name} is damaged: its network does not suit its columns.");
        if (columns.Activation == OutputActivation.Sigmoid)
        {
            chain.Dispose();
            return new ResNetMultiLabelTransformer(
                new(columns, new IndicatorLabelColumn(columns.Label, header.Labels!), shape, model, Result: null) { Thresholds = header.Thresholds }, scoring);
        }
        LabelColumn label;
        using (chain)
        {
            // The keys' values in their own type are the look-up table's; the ONNX file has them as text.
            var predicted = chain.GetOutputSchema(columns.InputSchema())[columns.PredictedLabel];
            var schema = new DataViewSchema.Builder();
            schema.AddColumn(columns.Label, predicted.Type, predicted.Annotations);
            label = KeyLabelColumn.Of(schema.ToSchema(), columns.Label);
        }
        if (header.Labels is not { } labels || !labels.SequenceEqual(label.Names))
            throw new InvalidDataException($"{name} is damaged: the labels of its network are not those of its column '{columns.PredictedLabel}'.");
        return new ResNetClassificationTransformer(new(columns, label, shape, model, Result: null), scoring);
    }

    private SavedColumns Columns(OnnxHeader header)
    {
        try
        {
            return SavedColumns.FromJson(header.Metadata.GetValueOrDefault(SavedColumns.Key) ?? "null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{name} is damaged: its network does not say which columns it takes ({error.Message}).", error);
        }
    }

    private InvalidDataException Unexpected() => new(
        $"{name} holds a network of ResNet.MLNet, but not between the transformers that it was saved with. Load it with ml.Model.Load.");
}
