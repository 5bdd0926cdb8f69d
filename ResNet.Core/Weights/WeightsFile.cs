using System.Text;

namespace ResNet.Core;

/// <summary>
/// Reads weights of every known format; a file's content decides, not its name: PyTorch checkpoints, safetensors,
/// TorchSharp's own format, and the Keras ResNet-50 in TensorFlow.js's layers format (its folder, model.json, or npm's
/// <c>.tgz</c>). Methods may be called from several threads.
/// </summary>
public static class WeightsFile
{
    /// <summary>Reads a file or a layers model's folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="InvalidDataException">The format is unknown (the message says what it looks like), or the file is damaged.</exception>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static StateDict Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            return KerasLayersModel.Read(path);
        }

        var data = FileBytes.Read(path);
        return KerasLayersModel.Recognize(data.Span) && !TorchSharpWeights.Recognize(data) ? KerasLayersModel.Read(path) : Read(data, path);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">Read from its position to its end; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">The format is unknown (the message says what it looks like), or the data are damaged.</exception>
    public static StateDict Read(Stream stream, string name) => Read(FileBytes.Read(stream, name), name);

    internal static StateDict Read(ReadOnlyMemory<byte> data, string name)
    {
        var start = data.Span;
        return PyTorchCheckpoint.Recognize(start) ? PyTorchCheckpoint.Read(data, name)
            : GZipFile.Recognize(start) ? KerasLayersModel.ReadArchive(data, name)
            : Safetensors.Recognize(start) ? Safetensors.Read(data, name)
            : TorchSharpWeights.Recognize(data) ? TorchSharpWeights.Read(data, name)
            : throw new InvalidDataException(
                $"{name}: these are no weights, but {Described(start)}. Expected a PyTorch checkpoint, safetensors, TorchSharp's format or a Keras layers model.");
    }

    // What people get instead of weights.
    private static string Described(ReadOnlySpan<byte> data)
    {
        var text = Encoding.Latin1.GetString(data[..Math.Min(data.Length, 300)]).TrimStart();
        return data.IsEmpty ? "an empty file"
            : text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? "a git-lfs pointer; run 'git lfs pull'"
            : text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? "a web page; the download went to a page instead of the file"
            : KerasLayersModel.Recognize(data) ? "JSON; for a layers model, give the path of its model.json, folder or .tgz"
            : data is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] ? "an HDF5 file (Keras' .h5)"
            : data is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xff, 0xd8, 0xff, ..] ? "an image"
            : data.Length > 262 && data[257..].StartsWith("ustar"u8) ? "a tar archive; unpack it"
            : data is [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xfd, (byte)'7', (byte)'z', ..] or [(byte)'7', (byte)'z', 0xbc, 0xaf, ..]
                ? "a compressed archive; unpack it"
            : data is [0x80, ..] ? "a Python pickle of another kind; save the weights with torch.save(model.state_dict(), path)"
            : data is [0x08, > 2 and < 20, 0x12 or 0x3a, ..] ? "an ONNX model"
            : "of an unknown format";
    }
}
