using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class ModelOperationsCatalog
{
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Check.NotEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        using var archive = new ModelArchiveWriter(Check.NotNull(stream, nameof(stream)));
        if (model != null) ModelSaveContext.Save(archive, ModelArchive.Transformer, model);
        if (inputSchema != null) archive.Write(ModelArchive.Schema, entry => SchemaCodec.Write(entry, inputSchema));
    }

    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, string filePath)
    {
        Check.NotNull(loader, nameof(loader));
        Check.NotEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, loader, stream);
    }

    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, Stream stream)
    {
        Check.NotNull(loader, nameof(loader));
        using var archive = new ModelArchiveWriter(Check.NotNull(stream, nameof(stream)));
        // Always a chain of one: loading takes it out again.
        var chain = model == null ? null : new TransformerChain<ITransformer>(model);
        ModelSaveContext.Save(archive, null, new CompositeDataLoader<TSource, ITransformer>(loader, chain));
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Check.NotEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        using var archive = new ModelArchiveReader(Check.NotNull(stream, nameof(stream)));
        using var schema = archive.OpenOrNull(ModelArchive.Schema);
        inputSchema = schema == null ? null : SchemaCodec.Read(schema);
        if (schema != null) return ModelReader.Load<ITransformer>(archive, ModelArchive.Transformer, Environment);
        var loader = ModelReader.LoadOrNull<IDataLoader<IMultiStreamSource>>(archive, null, Environment);
        if (loader == null)
            return ModelReader.LoadOrNull<ITransformer>(archive, ModelArchive.Transformer, Environment)
                ?? throw new InvalidOperationException("Could not load legacy format model");
        var model = TakeModel(ref loader);
        inputSchema = loader.GetOutputSchema();
        return model;
    }

    public ITransformer LoadWithDataLoader(string filePath, out IDataLoader<IMultiStreamSource> loader)
    {
        Check.NotEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return LoadWithDataLoader(stream, out loader);
    }

    public ITransformer LoadWithDataLoader(Stream stream, out IDataLoader<IMultiStreamSource> loader)
    {
        using var archive = new ModelArchiveReader(Check.NotNull(stream, nameof(stream)));
        try
        {
            loader = ModelReader.Load<IDataLoader<IMultiStreamSource>>(archive, null, Environment);
            return TakeModel(ref loader);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException("Model does not contain an IDataLoader. Perhaps this was saved with an DataViewSchema, or even no "
                + "information on its input at all. Consider using the Load method instead.", e);
        }
    }

    /// <summary>Parts a loader from the model behind it, which was saved as a chain of one.</summary>
    private static ITransformer TakeModel(ref IDataLoader<IMultiStreamSource> loader)
    {
        if (loader is not CompositeDataLoader<IMultiStreamSource, ITransformer> composite) return new TransformerChain<ITransformer>();
        loader = composite.Loader;
        return composite.Transformer.Count() == 1 ? composite.Transformer.LastTransformer : composite.Transformer;
    }
}
