using System.Buffers;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor's native memory as <see cref="Memory{T}"/>; it keeps the value from being collected, not from being disposed.</summary>
internal sealed unsafe class NativeMemoryOf<T>(OrtValue value) : MemoryManager<T> where T : unmanaged
{
    public override Span<T> GetSpan() => value.GetTensorMutableDataAsSpan<T>();

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        fixed (T* first = GetSpan()) return new(first + elementIndex);
    }

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
