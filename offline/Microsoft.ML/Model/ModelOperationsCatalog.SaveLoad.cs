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
        return ModelReader.LoadOrNull<ITransformer>(archive, ModelArchive.Transformer, Environment)
            ?? throw new InvalidOperationException("Could not load legacy format model");
    }
}
