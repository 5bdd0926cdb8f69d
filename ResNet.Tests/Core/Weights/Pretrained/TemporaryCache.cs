using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

/// <summary>A cache in a folder of its own, removed afterwards; its retries follow at once.</summary>
internal sealed class TemporaryCache : IDisposable
{
    public TemporaryCache(double stallSeconds = 30)
    {
        Cache = new WeightsCache(Path.Combine(Directory.CreateTempSubdirectory("resnet-cache-").FullName, "made", "when needed"),
            stall: TimeSpan.FromSeconds(stallSeconds), pause: TimeSpan.FromMilliseconds(1));
    }

    public WeightsCache Cache { get; }

    public string[] Files => Directory.Exists(Cache.Folder) ? [.. Directory.GetFiles(Cache.Folder).Select(Path.GetFileName).Order()!] : [];

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Cache.Folder);
        File.WriteAllBytes(Path.Combine(Cache.Folder, name), content);
    }

    public void Dispose() => Directory.Delete(Path.GetFullPath(Path.Combine(Cache.Folder, "..", "..")), recursive: true);
}
