using Microsoft.Win32.SafeHandles;

namespace ResNet.MLNet.Training;

/// <summary>A temporary file of pixels. It is gone when it is closed, and with the process at the latest. One thread may append; several may read.</summary>
internal sealed class PixelFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private long _length;

    public PixelFile(string folder)
    {
        _path = Path.Combine(Path.GetFullPath(folder), $"{Guid.NewGuid():n}.pixels");
        try
        {
            Directory.CreateDirectory(folder);
            _handle = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
            // Windows deletes what a killed process had open; elsewhere a file without a name goes by itself.
            if (!OperatingSystem.IsWindows()) File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Full(error);
        }
    }

    /// <summary>Adds pixels and returns where they are.</summary>
    public long Append(ReadOnlySpan<byte> pixels)
    {
        try
        {
            RandomAccess.Write(_handle, pixels, _length);
        }
        catch (IOException error)
        {
            throw Full(error);
        }
        _length += pixels.Length;
        return _length - pixels.Length;
    }

    public void Read(long offset, Span<byte> pixels)
    {
        while (pixels.Length > 0)
        {
            var read = RandomAccess.Read(_handle, pixels, offset);
            if (read == 0) throw new IOException($"The images of this training cannot be read back from '{_path}': it ends at {offset:n0} bytes, but {_length:n0} were written.");
            offset += read;
            pixels = pixels[read..];
        }
    }

    public void Dispose() => _handle.Dispose();

    private IOException Full(Exception error) => new(
        $"The images do not fit into the memory for them (ImageCacheMemory), and after {_length >> 20:n0} MB the folder '{Path.GetDirectoryName(_path)}' takes no more: " +
        $"{error.Message.TrimEnd('.')}. Make room there, give another folder as WorkspacePath, or allow more memory.", error);
}
