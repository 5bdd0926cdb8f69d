using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Allocates the memory of values; the default instance belongs to the library and is never freed.</summary>
public class OrtAllocator : SafeHandle
{
    private static readonly Lazy<OrtAllocator> Default = new(() => new(Native.Get(Function.GetAllocatorWithDefaultOptions)));

    private readonly bool _owned;

    private OrtAllocator(nint allocator) : base(allocator, true) { }

    public OrtAllocator(InferenceSession session, OrtMemoryInfo memInfo) : base(0, true)
    {
        handle = session.Use(native => Native.Get(Function.CreateAllocator, native, memInfo.Pointer));
        _owned = true;
    }

    public static OrtAllocator DefaultInstance => Default.Value;

    internal nint Pointer => handle;

    public override bool IsInvalid => handle == 0;

    public OrtMemoryInfo Info => new(Native.Get(Function.AllocatorGetInfo, handle), owned: false);

    protected override bool ReleaseHandle()
    {
        if (_owned) Native.Release(Function.ReleaseAllocator, handle);
        handle = 0;
        return true;
    }
}
