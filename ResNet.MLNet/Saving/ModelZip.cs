using System.Buffers.Binary;
using System.IO.Compression;
using ResNet.Core;

namespace ResNet.MLNet.Saving;

/// <summary>The ONNX files inside a model.zip: entries named OnnxModel, whose folders tell the transformer's place.</summary>
internal static class ModelZip
{
    /// <summary>Above this size an entry must not be compressed more than weights can be.</summary>
    private const long Large = 64 << 20;

    private const int LargestRatio = 20;

    /// <summary>All ONNX files, in the order of their transformers; without a header those that are not ours.</summary>
    /// <exception cref="InvalidDataException">It is no zip file, or a damaged one.</exception>
    public static IReadOnlyList<(ZipArchiveEntry Entry, OnnxHeader? Header)> Scan(ZipArchive zip, long size, string name)
    {
        var entries = zip.Entries.Where(entry => Path(entry).Split('/')[^1] == "OnnxModel").OrderBy(Path, StringComparer.Ordinal).ToArray();
        if (entries.Length == 0) throw NotOurs(name, "it holds no ONNX file at all");
        var scanned = new List<(ZipArchiveEntry, OnnxHeader?)>();
        InvalidDataException? why = null;
        foreach (var entry in entries)
        {
            Check(entry, size, name);
            try
            {
                scanned.Add((entry, OnnxFile.ReadHeader(() => Open(entry), $"{name}, entry {Path(entry)}")));
            }
            catch (InvalidDataException error)
            {
                // ONNX files of others may be in a model, too.
                scanned.Add((entry, null));
                why = error;
            }
        }
        return scanned.Any(found => found.Item2 is not null) ? scanned : throw NotOurs(name, why!.Message, why);
    }

    /// <summary>An entry's ONNX file.</summary>
    public static byte[] Bytes(ZipArchiveEntry entry, string name)
    {
        try
        {
            using var stream = entry.Open();
            Span<byte> prefix = stackalloc byte[sizeof(int)];
            stream.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length != entry.Length - prefix.Length)
                throw new InvalidDataException($"it says that it has {length} bytes, but it has {entry.Length - prefix.Length}");
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw Damaged(entry, name, error);
        }
    }

    /// <summary>The same model.zip, but with outlines in the place of our networks' files, so that ML.NET opens no session over weights
    /// that it would not use.</summary>
    /// <exception cref="InvalidDataException">An entry is damaged.</exception>
    public static MemoryStream Outline(ZipArchive zip, IReadOnlyList<(ZipArchiveEntry Entry, OnnxHeader? Header)> files, long size, string name)
    {
        var ours = files.Where(file => file.Header is not null).ToDictionary(file => file.Entry, file => file.Header!);
        var stream = new MemoryStream();
        using (var outline = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in zip.Entries)
            {
                using var copy = outline.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                if (ours.TryGetValue(entry, out var header)) WritePrefixed(copy, OnnxOutline.Of(header));
                else Copy(entry, copy, size, name);
            }
        }
        stream.Position = 0;
        return stream;
    }

    public static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // Read on this first use.
            _ = zip.Entries;
            return zip;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{name} is no model.zip, or a damaged one: {error.Message}", error);
        }
    }

    // Behind the four bytes that say how long it is.
    private static Stream Open(ZipArchiveEntry entry)
    {
        var stream = entry.Open();
        stream.ReadExactly(new byte[sizeof(int)]);
        return stream;
    }

    private static void WritePrefixed(Stream stream, byte[] bytes)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, bytes.Length);
        stream.Write(prefix);
        stream.Write(bytes);
    }

    private static void Copy(ZipArchiveEntry entry, Stream target, long size, string name)
    {
        Check(entry, size, name);
        try
        {
            using var stream = entry.Open();
            stream.CopyTo(target);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw Damaged(entry, name, error);
        }
    }

    private static InvalidDataException Damaged(ZipArchiveEntry entry, string name, Exception error) =>
        new($"{name} is damaged, in its entry {Path(entry)}: {error.Message}", error);

    private static void Check(ZipArchiveEntry entry, long size, string name)
    {
        if (entry.CompressedLength > size || (entry.Length > Large && entry.Length > LargestRatio * entry.CompressedLength))
            throw new InvalidDataException(
                $"{name} is refused: its entry {Path(entry)} would unpack {entry.CompressedLength} bytes to {entry.Length}, which no weights do.");
    }

    // ML.NET on Windows writes backslashes.
    private static string Path(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    private static InvalidDataException NotOurs(string name, string why, Exception? inner = null) => new(
        $"{name} holds no network of ResNet.MLNet: {why.TrimEnd('.')}. Load it with ml.Model.Load, which knows every model of ML.NET.", inner);
}
