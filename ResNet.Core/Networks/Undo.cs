namespace ResNet.Core;

/// <summary>Takes a change back when it is disposed of.</summary>
internal sealed class Undo(Action action) : IDisposable
{
    public void Dispose() => action();
}
