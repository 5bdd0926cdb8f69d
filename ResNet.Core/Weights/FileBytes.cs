namespace ResNet.Core;

/// <summary>A weights file in memory. Readers hand out slices of it, so nothing is allocated because a file says so.</summary>
internal static class FileBytes
{
    public static ReadOnlyMemory<byte> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path}: this is a folder; give the weights file in it.");
        }

        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    public static ReadOnlyMemory<byte> Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
        {
            using var copy = new MemoryStream();
            try
            {
                stream.CopyTo(copy);
            }
            catch (IOException) when (copy.Length > Array.MaxLength / 2)
            {
                throw TooLarge(name);
            }

            return copy.GetBuffer().AsMemory(0, (int)copy.Length);
        }

        var length = stream.Length - stream.Position;
        if (length > Array.MaxLength)
        {
            throw TooLarge(name);
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static InvalidDataException TooLarge(string name) =>
        new($"{name}: weights files of more than 2 GiB are not supported; split it, or keep the weights only, without the optimizer's state.");
}
