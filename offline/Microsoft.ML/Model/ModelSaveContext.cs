using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// One component's place in a model file: a folder with its own entry and those of its parts. Exactly one
/// component may write to it; one from outside does so by handing it on to a single stock component.
/// </summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly ModelArchiveWriter _archive;
    private readonly string _folder;
    private bool _written, _disposed;

    private ModelSaveContext(ModelArchiveWriter archive, string folder) => (_archive, _folder) = (archive, folder);

    /// <summary>Lets <paramref name="model"/> save itself into a folder of the archive.</summary>
    internal static void Save(ModelArchiveWriter archive, string folder, ICanSaveModel model)
    {
        using var context = new ModelSaveContext(archive, folder);
        model.Save(context);
        Check.That(context._written, "ModelSignature not specified!");
    }

    internal void Save(ISavable model)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_written) throw new InvalidOperationException();
        _written = true;
        var content = new MemoryStream();
        using (var writer = new ModelWriter(content, this))
        {
            writer.Write(ModelArchive.Mark);
            writer.Write(model.LoaderName);
            model.SaveTo(writer);
        }
        content.Position = 0;
        SaveEntry(ModelArchive.ModelEntry, content.CopyTo);
    }

    internal void SavePart(string name, ICanSaveModel part) => Save(_archive, ModelArchive.Join(_folder, name), part);

    internal void SaveEntry(string name, Action<Stream> write) => _archive.Write(ModelArchive.Join(_folder, name), write);

    public void Dispose() => _disposed = true;
}
