using static TorchSharp.torch;

namespace ResNet.Core;

public sealed partial record PretrainedWeights
{
    // The published size is rounded (torchvision: thousandths of a MiB).
    private long Limit => Size + 1024;

    /// <summary>
    /// The file's path, downloaded into the cache if it is not there. Its hash is checked every time.
    /// </summary>
    /// <param name="cache">The folder of files; null (default): <see cref="WeightsCache.DefaultFolder"/>.</param>
    /// <param name="progress">Told about a download; null (default): nobody. Called on the downloading thread.</param>
    /// <param name="cancellationToken">Stops the download; what has come is kept for the next time.</param>
    /// <exception cref="IOException">The file is not there and cannot be had; the message says what to put where.</exception>
    /// <exception cref="InvalidDataException">The cache has another file under that name.</exception>
    public Task<string> GetFileAsync(
        WeightsCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        (cache ?? new WeightsCache()).GetAsync(Name, Source, Sha256, Limit, progress, cancellationToken);

    /// <summary>The file's path; blocks while it is downloaded.</summary>
    /// <inheritdoc cref="GetFileAsync"/>
    public string GetFile(
        WeightsCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        // On the pool: a caller's synchronisation context is not waited for.
        Task.Run(() => GetFileAsync(cache, progress, cancellationToken), cancellationToken).GetAwaiter().GetResult();

    /// <summary>The weights, downloaded if they are not in the cache. Blocks.</summary>
    /// <inheritdoc cref="GetFileAsync"/>
    /// <returns>Weights by the network's names, RGB.</returns>
    public StateDict Load(
        WeightsCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WeightsFile.Read(GetFile(cache, progress, cancellationToken));

    /// <summary>The weights out of a file that is elsewhere than in the cache. It is checked as one there is.</summary>
    /// <param name="path">The published file, whatever it is called. For files of one's own: <see cref="WeightsFile.Read(string)"/>.</param>
    /// <exception cref="InvalidDataException">It is another file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public StateDict Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Task.Run(() => FileHash.ProblemAsync(path, Sha256, CancellationToken.None)).GetAwaiter().GetResult() is { } problem
            ? throw new InvalidDataException($"'{path}' {problem}.")
            : WeightsFile.Read(path);
    }

    /// <summary>The weights out of a stream of the published file, such as an app's resource. It is checked as a file is.</summary>
    /// <param name="stream">Read from its position to its end, at most the published size; it stays open.</param>
    /// <exception cref="InvalidDataException">It is another file's, or damaged.</exception>
    public StateDict Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 17];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer.AsSpan(0, count));
            if (bytes.Length > Limit)
            {
                throw new InvalidDataException($"The stream for {Name} has more than the {Limit:N0} bytes of the published file.");
            }
        }

        if (FileHash.Problem(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), Sha256) is { } problem)
        {
            throw new InvalidDataException($"The stream for {Name} {problem}.");
        }

        bytes.Position = 0;
        return WeightsFile.Read(bytes, Source.FileName);
    }

    /// <summary>The network with these weights, downloaded if they are not in the cache. Blocks.</summary>
    /// <param name="classes">
    /// null (default): the published classifier. Otherwise a fresh one of so many classes, for training on.
    /// </param>
    /// <param name="cache">The folder of files; null (default): <see cref="WeightsCache.DefaultFolder"/>.</param>
    /// <param name="progress">Told about a download; null (default): nobody.</param>
    /// <param name="device">Where the network lives; null (default): the CPU.</param>
    /// <param name="seed">Seed of a fresh classifier; null (default): from torch's global generator.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>The network; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There are too few classes.</exception>
    /// <inheritdoc cref="GetFileAsync" path="/exception"/>
    public ClassificationNetwork CreateNetwork(
        int? classes = null, WeightsCache? cache = null, IProgress<DownloadProgress>? progress = null,
        Device? device = null, int? seed = null, CancellationToken cancellationToken = default) =>
        (Specification with { Classes = classes ?? Specification.Classes }).Validate()
            .Create(Load(cache, progress, cancellationToken), device, skipClassifier: classes is not null, seed);
}
