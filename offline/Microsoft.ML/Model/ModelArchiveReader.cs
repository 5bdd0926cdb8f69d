using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>Reads a model file; the stream stays open. Archives made on Windows may separate folders by backslashes.</summary>
internal sealed class ModelArchiveReader : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];

    public ModelArchiveReader(Stream stream)
    {
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception e)
        {
            throw new FormatException("Failed to open a zip archive", e);
        }
        foreach (var entry in _zip.Entries) _entries[entry.FullName.Replace('\\', '/')] = entry;
    }

    /// <summary>An entry's content, or null where there is none of that name.</summary>
    public Stream OpenOrNull(string path) => _entries.GetValueOrDefault(path)?.Open();

    public void Dispose() => _zip.Dispose();
}
