using ResNet.Core;
using ResNet.MLNet.Saving;

namespace ResNet.MLNet;

/// <summary>Reads the network out of a saved model, to train on with it: <see cref="ResNetTrainerOptions.ContinueFrom"/>.</summary>
public static class ResNetModelFile
{
    /// <summary>Reads a model.zip or an ONNX file that this library wrote; the contents tell which it is.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Specification, labels and weights.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or another one; the message says what is wrong.</exception>
    public static OnnxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a model.zip or an ONNX file that this library wrote; the contents tell which it is.</summary>
    /// <param name="stream">The file, from the stream's position on; seekable, and it stays open.</param>
    /// <param name="name">What the file is called in errors.</param>
    /// <returns>Specification, labels and weights.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or another one; the message says what is wrong.</exception>
    public static OnnxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("The stream cannot be read from its start again. Copy it to a MemoryStream first.", nameof(stream));
        var start = stream.Position;
        var isZip = stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
        stream.Position = start;
        if (!isZip)
        {
            var bytes = new byte[stream.Length - start];
            stream.ReadExactly(bytes);
            return OnnxFile.Read(bytes, name);
        }
        using var zip = ModelZip.Open(stream, name);
        var ours = ModelZip.Scan(zip, stream.Length, name).Where(file => file.Header is not null).ToArray();
        return ours is [var (entry, _)]
            ? OnnxFile.Read(ModelZip.Bytes(entry, name), name)
            : throw new InvalidDataException($"{name} holds {ours.Length} networks, so it does not say which one is meant. Save that one alone.");
    }
}
