using System.IO.Compression;
using System.Reflection;

namespace Microsoft.ML;

/// <summary>Writes a model file; the stream stays open.</summary>
internal sealed class ModelArchiveWriter : IDisposable
{
    private readonly ZipArchive _zip;

    public ModelArchiveWriter(Stream stream)
    {
        _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Write(ModelArchive.Version, entry =>
        {
            using var text = new StreamWriter(entry);
            text.WriteLine(typeof(ModelArchiveWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        });
    }

    public void Write(string path, Action<Stream> write)
    {
        using var stream = _zip.CreateEntry(path).Open();
        write(stream);
    }

    public void Dispose() => _zip.Dispose();
}
