using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

/// <summary>Called where a report is made; System.Progress would post it.</summary>
internal sealed class Listener(Action<DownloadProgress> action) : IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => action(value);
}
