using System.Reflection;
using Microsoft.ML;
using ResNet.MLNet.Saving;

namespace ResNet.MLNet;

/// <summary>Brings residual networks back from a model.zip.</summary>
public static class ModelCatalog
{
    /// <summary>
    /// Loads a model as <c>ml.Model.Load</c> does, but with <see cref="ResNetClassificationTransformer"/> wherever one was saved: it
    /// scores whole batches and gives its network to train on, where ML.NET's own transformers score row by row.
    /// </summary>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="filePath">The model.zip.</param>
    /// <param name="inputSchema">The schema that the model was saved with; null if it was saved without.</param>
    /// <param name="scoring">How rows are scored; null: the defaults.</param>
    /// <returns>The model; the caller disposes it. A chain, or the transformer itself if it was saved alone.</returns>
    /// <exception cref="InvalidDataException">The file is no model.zip, is damaged, or holds no such model.</exception>
    public static ITransformer LoadResNet(
        this ModelOperationsCatalog catalog, string filePath, out DataViewSchema inputSchema, ScoringOptions? scoring = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(filePath);
        using var stream = File.OpenRead(filePath);
        return Load(catalog, stream, filePath, out inputSchema, scoring);
    }

    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="stream">The model.zip; it must be seekable, and stays open.</param>
    /// <param name="inputSchema">The schema that the model was saved with; null if it was saved without.</param>
    /// <param name="scoring">How rows are scored; null: the defaults.</param>
    /// <inheritdoc cref="LoadResNet(ModelOperationsCatalog, string, out DataViewSchema, ScoringOptions?)"/>
    public static ITransformer LoadResNet(
        this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema inputSchema, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("The stream cannot be read from its start again. Copy it to a MemoryStream first.", nameof(stream));
        return Load(catalog, stream, "the stream", out inputSchema, scoring);
    }

    // ML.NET wraps what went wrong once for each level of nesting.
    private static ITransformer LoadStock(ModelOperationsCatalog catalog, Stream stream, string name, out DataViewSchema inputSchema)
    {
        try
        {
            return catalog.Load(stream, out inputSchema);
        }
        catch (Exception error) when (error is TargetInvocationException or FormatException or InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException($"{name} is damaged, or needs packages that this app lacks: {error.GetBaseException().Message}", error);
        }
    }

    private static ITransformer Load(
        ModelOperationsCatalog catalog, Stream stream, string name, out DataViewSchema inputSchema, ScoringOptions? scoring)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using var zip = ModelZip.Open(stream, name);
        var files = ModelZip.Scan(zip, stream.Length, name);
        using var outline = ModelZip.Outline(zip, files, stream.Length, name);
        var reader = new ModelReader(files, scoring ?? new(), name);
        var loaded = LoadStock(catalog, outline, name, out inputSchema);
        try
        {
            var model = reader.Replace(loaded);
            reader.CheckComplete();
            return model;
        }
        catch
        {
            (loaded as IDisposable)?.Dispose();
            throw;
        }
    }
}
