namespace ResNet.Core;

/// <summary>Writes a file of features under a name of its own; it takes its place only once it is complete.</summary>
internal sealed class FeatureFileWriter
{
    public const string Extension = ".features";
    public const string Partial = ".partial";

    private readonly string path;
    private readonly Stream stream;
    private readonly byte[] entry;

    public FeatureFileWriter(string folder, FeatureKey backbone, int length, Func<string, Stream> create)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, Guid.NewGuid().ToString("n") + Extension);
        stream = create(path + Partial);
        entry = new byte[FeatureFile.EntrySize(length)];
        try
        {
            stream.Write(FeatureFile.Head(backbone, length));
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    public int Count { get; private set; }

    public void Add(FeatureKey image, ReadOnlySpan<float> features)
    {
        FeatureFile.WriteEntry(entry, image, features);
        stream.Write(entry);
        Count++;
    }

    public void Complete()
    {
        stream.Dispose();
        File.Move(path + Partial, path);
    }

    /// <summary>Removes what has been written.</summary>
    public void Abandon()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // What is still to be written finds no room either.
        }

        try
        {
            File.Delete(path + Partial);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Removed as an abandoned one later.
        }
    }
}
