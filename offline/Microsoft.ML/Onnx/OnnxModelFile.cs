namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Where a model's bytes lie: the user's file, or a temporary one that has no name any more once the model is open.</summary>
internal sealed class OnnxModelFile : IDisposable
{
    private readonly FileStream _temporary;

    private OnnxModelFile(string path, FileStream temporary) => (Path, _temporary) = (path, temporary);

    public string Path { get; }

    public static OnnxModelFile Of(string path) => new(System.IO.Path.GetFullPath(path), null);

    public static OnnxModelFile CopyOf(Stream model, string folder) => Create(folder, model.CopyTo);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static OnnxModelFile Load(Stream entry, string folder) => Create(folder, file =>
    {
        var buffer = new byte[1 << 16];
        entry.ReadExactly(buffer, 0, sizeof(int));
        for (int left = BitConverter.ToInt32(buffer), read; left != 0; left -= read)
        {
            read = entry.Read(buffer, 0, Math.Min(Math.Max(left, 0), buffer.Length));
            if (read == 0) throw new FormatException("Corrupt model file");
            file.Write(buffer, 0, read);
        }
    });

    /// <summary>Once the model is open nobody needs the temporary file's name: it goes, and the space with the last handle, even if the process dies.</summary>
    public void Forget()
    {
        if (_temporary != null) File.Delete(Path);
    }

    /// <summary>The size, then the bytes, as they are now.</summary>
    public void Write(Stream target)
    {
        if (_temporary == null)
        {
            using var file = File.OpenRead(Path);
            Write(file, target);
        }
        else
        {
            lock (_temporary) Write(_temporary, target);
        }
    }

    public void Dispose() => _temporary?.Dispose();

    private static OnnxModelFile Create(string folder, Action<Stream> fill)
    {
        string path = System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            fill(file);
            file.Flush();
            return new(path, file);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    private static void Write(Stream file, Stream target)
    {
        target.Write(BitConverter.GetBytes(checked((int)file.Length)));
        file.Position = 0;
        file.CopyTo(target);
    }
}
