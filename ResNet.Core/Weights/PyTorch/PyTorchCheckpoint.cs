namespace ResNet.Core;

/// <summary>
/// PyTorch's checkpoints, what <c>torch.save</c> writes (<c>.pth</c>, <c>.pt</c>, <c>.th</c>): the zip format (since 1.6)
/// and the stream of pickles before it. The state dict may stand alone or under a usual name ("state_dict", "model", …;
/// averaged weights first, as in timm), and wrappers' prefixes ("module.", "_orig_mod.", "model.") are taken off.
/// <para>
/// Nothing in a file can run: the pickle is read by a small machine of our own, which refuses every global but tensors,
/// storages and OrderedDict by name. Methods may be called from several threads.
/// </para>
/// </summary>
public static class PyTorchCheckpoint
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name does not matter.</param>
    /// <returns>The weights in the file's order; strided tensors become row-major.</returns>
    /// <exception cref="InvalidDataException">It is no such checkpoint, damaged, or holds something else than tensors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateDict Read(string path) => Read(FileBytes.Read(path), path);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="stream">Read from its position to its end; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    public static StateDict Read(Stream stream, string name) => Read(FileBytes.Read(stream, name), name);

    internal static bool Recognize(ReadOnlySpan<byte> data) => StoredZip.Recognize(data) || LegacyCheckpoint.Recognize(data);

    internal static StateDict Read(ReadOnlyMemory<byte> data, string name) => StoredZip.Recognize(data.Span)
        ? ReadZip(new StoredZip(data, name), data.Length, name)
        : LegacyCheckpoint.Read(data, name);

    private static StateDict ReadZip(StoredZip zip, long length, string name)
    {
        // All entries lie in one folder, named as the file was when it was saved.
        var pickleName = zip.Names.FirstOrDefault(entry => entry.EndsWith("data.pkl", StringComparison.Ordinal) && entry.AsSpan().Count('/') <= 1);
        if (pickleName is null || zip.Find(pickleName) is not { } pickle)
        {
            throw new InvalidDataException(
                $"{name}: this zip is no PyTorch checkpoint (it has no data.pkl); " +
                $"it holds {string.Join(", ", zip.Names.Take(3).DefaultIfEmpty("nothing"))}.");
        }

        var folder = pickleName[..^"data.pkl".Length];
        if (zip.Find(folder + "constants.pkl") is not null)
        {
            throw new InvalidDataException(
                $"{name}: this is a TorchScript program, not a checkpoint; save the weights in PyTorch: " +
                "torch.save(torch.jit.load(path).state_dict(), new_path).");
        }

        if (zip.Find(folder + "byteorder") is { } order && order.Span.SequenceEqual("big"u8))
        {
            throw new InvalidDataException($"{name}: it was written on a big-endian machine; save it again on a little-endian one.");
        }

        var file = new ByteCursor(pickle, name);
        var tensors = StateDictSearch.Find(file, Pickle.Read(file));
        var checkedStorages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        return new TensorMaterializer(file, Storage, length).All(tensors);

        ReadOnlyMemory<byte> Storage(PickledStorage wanted)
        {
            if (!checkedStorages.TryGetValue(wanted.Key, out var bytes))
            {
                bytes = zip.Find($"{folder}data/{wanted.Key}") ?? throw file.Invalid($"the storage {wanted.Key} is missing.");
                checkedStorages.Add(wanted.Key, bytes);
            }

            return wanted.Elements <= bytes.Length / ElementTypes.Size(wanted.Type) && wanted.Offset == 0
                ? bytes
                : throw file.Invalid($"the storage {wanted.Key} should have {wanted.Elements} elements of {wanted.Type}, but is {bytes.Length} bytes long.");
        }
    }
}
