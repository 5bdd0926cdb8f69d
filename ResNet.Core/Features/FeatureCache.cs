namespace ResNet.Core;

/// <summary>
/// Features on disk, found by the contents of backbone and image, so that nothing in it can be out of date. A run adds files of its own
/// beside those of others, each complete when it appears: so several runs may share a folder. Entries carry checksums: damaged ones,
/// and those that a file cut short has lost, are not found and so computed again. Where the disk cannot be written, what has been
/// added is given up and <see cref="Problem"/> says why; reading goes on.
/// </summary>
/// <remarks>Not thread-safe, but one thread may look up while another one adds. Files are not removed by themselves: delete the folder at any time.</remarks>
public sealed class FeatureCache : IDisposable
{
    // So that a killed run loses little.
    private const int EntriesPerFile = 1024;

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string folder;
    private readonly FeatureKey backbone;
    private readonly Func<string, Stream> create;
    private readonly Dictionary<FeatureKey, (FeatureFile File, long Entry)> index = [];
    private readonly List<FeatureFile> files = [];
    private FeatureFileWriter? writer;

    /// <summary>Opens the cache of one backbone. A folder that cannot be read is a <see cref="Problem"/>, too.</summary>
    /// <param name="folder">The folder for all backbones; made when something is added. null: <see cref="DefaultFolder"/>.</param>
    /// <param name="backbone">What makes the features: <see cref="FeatureKey.OfBackbone"/>.</param>
    /// <param name="length">Features of an image, at least 1.</param>
    public FeatureCache(string? folder, FeatureKey backbone, int length)
        : this(folder, backbone, length, path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
    {
    }

    internal FeatureCache(string? folder, FeatureKey backbone, int length, Func<string, Stream> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (this.backbone, this.create, Length) = (backbone, create, length);
        this.folder = Path.Combine(Path.GetFullPath(folder ?? DefaultFolder), backbone.ToString());
        try
        {
            ReadIndex();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Problem = $"The cached features in '{this.folder}' cannot be read: {error.Message.TrimEnd('.')}. They are computed again.";
        }
    }

    /// <summary>
    /// "features" in RESNET_MLNET_CACHE where that environment variable is set; otherwise ResNet.MLNet/features in the system's folder for
    /// such things, as <see cref="WeightsCache.DefaultFolder"/>.
    /// </summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("RESNET_MLNET_CACHE") is { Length: > 0 } folder
        ? Path.Combine(folder, "features")
        : Path.Combine(WeightsCache.SystemFolder(), "ResNet.MLNet", "features");

    /// <summary>Features of an image.</summary>
    public int Length { get; }

    /// <summary>Why nothing is kept, or why what there is cannot be read; null: all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks an image up.</summary>
    /// <param name="image">Its key.</param>
    /// <param name="features">Receives <see cref="Length"/> values where it is there.</param>
    /// <returns>Whether it is there, whole and undamaged.</returns>
    public bool TryGet(FeatureKey image, Span<float> features)
    {
        if (!index.TryGetValue(image, out var place))
        {
            return false;
        }

        if (place.File.TryRead(place.Entry, image, features))
        {
            return true;
        }

        index.Remove(image);
        return false;
    }

    /// <summary>Keeps an image's features. What is added is found by caches that are opened after <see cref="Commit"/>.</summary>
    /// <param name="image">Its key.</param>
    /// <param name="features"><see cref="Length"/> values.</param>
    public void Add(FeatureKey image, ReadOnlySpan<float> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, Length);
        if (Problem is not null)
        {
            return;
        }

        try
        {
            writer ??= new FeatureFileWriter(folder, backbone, Length, create);
            writer.Add(image, features);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            GiveUp(error);
        }

        if (writer?.Count >= EntriesPerFile)
        {
            Commit();
        }
    }

    /// <summary>Makes what has been added last.</summary>
    public void Commit()
    {
        try
        {
            writer?.Complete();
            writer = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            GiveUp(error);
        }
    }

    /// <summary>Commits, and closes the files.</summary>
    public void Dispose()
    {
        Commit();
        foreach (var file in files)
        {
            file.Dispose();
        }

        files.Clear();
        index.Clear();
    }

    private void ReadIndex()
    {
        var here = new DirectoryInfo(folder);
        if (!here.Exists)
        {
            return;
        }

        foreach (var partial in here.EnumerateFiles("*" + FeatureFileWriter.Partial).Where(file => DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned))
        {
            partial.Delete();
        }

        // The newest last: what was computed again because an entry was damaged comes after it.
        foreach (var info in here.EnumerateFiles("*" + FeatureFileWriter.Extension).OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            if (FeatureFile.TryOpen(info.FullName, backbone, Length) is { } file)
            {
                files.Add(file);
                foreach (var (key, entry) in file.Keys())
                {
                    index[key] = (file, entry);
                }
            }
        }
    }

    private void GiveUp(Exception error)
    {
        Problem = $"The features cannot be kept in '{folder}': {error.Message.TrimEnd('.')}. They will be computed again the next time; " +
            "make room there, or choose another folder.";
        writer?.Abandon();
        writer = null;
    }
}
