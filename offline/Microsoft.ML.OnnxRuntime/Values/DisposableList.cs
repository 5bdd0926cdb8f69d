namespace Microsoft.ML.OnnxRuntime;

/// <summary>Results that the caller frees together.</summary>
public interface IDisposableReadOnlyCollection<T> : IReadOnlyCollection<T>, IReadOnlyList<T>, IDisposable;

internal sealed class DisposableList<T> : List<T>, IDisposableReadOnlyCollection<T> where T : IDisposable
{
    public DisposableList() { }

    public DisposableList(int capacity) : base(capacity) { }

    public void Dispose()
    {
        for (int i = Count - 1; i >= 0; i--) this[i]?.Dispose();
        Clear();
    }
}
