namespace ResNet.Core;

/// <summary>How far a download is. Reported through <see cref="IProgress{T}"/> on the downloading thread.</summary>
/// <param name="FileName">The file's name in the cache, such as "resnet50-0676ba61.pth".</param>
/// <param name="Received">Bytes on disk, those of an earlier, interrupted download included.</param>
/// <param name="Total">Bytes of the whole file; null where the server does not say.</param>
public readonly record struct DownloadProgress(string FileName, long Received, long? Total);
