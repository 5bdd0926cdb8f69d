namespace ResNet.Core;

/// <summary>
/// A folder of published weights files under their published names. A file appears in it only whole and checked, so
/// threads and processes may share it: one downloads, the others wait for it. Thread-safe.
/// </summary>
public sealed class WeightsCache
{
    private readonly Downloader downloader;

    /// <param name="folder">The folder; made when something is downloaded. null (default): <see cref="DefaultFolder"/>.</param>
    public WeightsCache(string? folder = null)
        : this(folder, stall: TimeSpan.FromSeconds(60), pause: TimeSpan.FromSeconds(1))
    {
    }

    internal WeightsCache(string? folder, TimeSpan stall, TimeSpan pause)
    {
        Folder = Path.GetFullPath(folder ?? DefaultFolder);
        downloader = new Downloader(stall, pause);
    }

    /// <summary>
    /// RESNET_MLNET_CACHE where that environment variable is set; otherwise ResNet.MLNet/pretrained in the system's folder
    /// for such things: XDG_CACHE_HOME or ~/.cache (Linux), ~/Library/Caches (macOS), LocalApplicationData (Windows).
    /// </summary>
    public static string DefaultFolder =>
        Environment.GetEnvironmentVariable("RESNET_MLNET_CACHE") is { Length: > 0 } folder ? folder : Path.Combine(SystemFolder(), "ResNet.MLNet", "pretrained");

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>Where the file of these weights is, or would be: the place to put a file that was fetched by hand.</summary>
    public string PathOf(PretrainedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return PathOf(weights.Source);
    }

    /// <summary>The checked file: from the folder, or downloaded into it.</summary>
    internal async Task<string> GetAsync(
        string name, WeightsSource source, string sha256, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var path = PathOf(source);
        if (File.Exists(path))
        {
            await RequireAsync(path, sha256, cancellation).ConfigureAwait(false);
            return path;
        }

        try
        {
            Directory.CreateDirectory(Folder);
            using (await FileLock.TakeAsync(path + ".lock", cancellation).ConfigureAwait(false))
            {
                if (!File.Exists(path))
                {
                    await DownloadAsync(source, path, sha256, limit, progress, cancellation).ConfigureAwait(false);
                }
            }

            // Only where the file is there: whoever still waits for the lock then finds it, too.
            FileLock.Remove(path + ".lock");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(
                $"The cache folder '{Folder}' cannot be written ({e.Message}). Set RESNET_MLNET_CACHE to a folder that can.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new IOException(
                $"The weights {name} are not on this machine, and downloading them failed: {e.Message.TrimEnd('.')}. " +
                $"To go on without a network, {source.ByHand} elsewhere and put the file at '{path}'.", e);
        }

        return path;
    }

    private async Task DownloadAsync(
        WeightsSource source, string path, string sha256, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var partial = path + ".partial";
        var address = source.Address();
        while (true)
        {
            var resumed = File.Exists(partial);
            await downloader.RunAsync(address, partial, limit, Report, cancellation).ConfigureAwait(false);
            var problem = await FileHash.ProblemAsync(partial, sha256, cancellation).ConfigureAwait(false);
            if (problem is null)
            {
                File.Move(partial, path, overwrite: true);
                new PartialVersion(partial).Delete();
                return;
            }

            File.Delete(partial);
            // An old beginning may be what is wrong: once more, from nothing.
            if (!resumed)
            {
                throw new InvalidDataException($"what {address} sent {problem}. It was deleted");
            }
        }

        void Report(long received, long? total) => progress?.Report(new DownloadProgress(source.FileName, received, total));
    }

    private static async Task RequireAsync(string path, string sha256, CancellationToken cancellation)
    {
        if (await FileHash.ProblemAsync(path, sha256, cancellation).ConfigureAwait(false) is { } problem)
        {
            throw new InvalidDataException($"'{path}' {problem}. Delete it to have it downloaded, or put the right file there.");
        }
    }

    private string PathOf(WeightsSource source) => Path.Combine(Folder, source.FileName);

    internal static string SystemFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache))
        {
            return cache;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Path.Combine(home, ".cache");
    }
}
