using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.OnnxRuntime;

public enum OrtAllocatorType
{
    DeviceAllocator = 0,
    ArenaAllocator = 1,
}

public enum OrtMemType
{
    CpuInput = -2,
    CpuOutput = -1,
    Cpu = CpuOutput,
    Default = 0,
}

/// <summary>Where a tensor's memory lies.</summary>
public class OrtMemoryInfo : SafeHandle
{
    public static readonly byte[] allocatorCPU = Encoding.UTF8.GetBytes("Cpu\0");
    public static readonly byte[] allocatorCUDA = Encoding.UTF8.GetBytes("Cuda\0");
    public static readonly byte[] allocatorCUDA_PINNED = Encoding.UTF8.GetBytes("CudaPinned\0");

    private static readonly Lazy<OrtMemoryInfo> Default = new(() => new(
        Native.Get(Function.CreateCpuMemoryInfo, (nint)OrtAllocatorType.DeviceAllocator, (nint)OrtMemType.Cpu), owned: true));

    private readonly bool _owned;

    internal OrtMemoryInfo(nint info, bool owned) : base(info, true) => _owned = owned;

    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : this(Encoding.UTF8.GetBytes(allocatorName + '\0'), allocatorType, deviceId, memoryType) { }

    public unsafe OrtMemoryInfo(byte[] utf8AllocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType) : base(0, true)
    {
        _owned = true;
        fixed (byte* name = utf8AllocatorName)
            handle = Native.Get(Function.CreateMemoryInfo, (nint)name, (nint)allocatorType, deviceId, (nint)memoryType);
    }

    /// <summary>The CPU's memory.</summary>
    public static OrtMemoryInfo DefaultInstance => Default.Value;

    internal nint Pointer => handle;

    public override bool IsInvalid => handle == 0;

    public string Name => Marshal.PtrToStringUTF8(Native.Get(Function.MemoryInfoGetName, handle));

    public int Id => (int)Native.Get(Function.MemoryInfoGetId, handle);

    public OrtMemType GetMemoryType() => (OrtMemType)(int)Native.Get(Function.MemoryInfoGetMemType, handle);

    public OrtAllocatorType GetAllocatorType() => (OrtAllocatorType)(int)Native.Get(Function.MemoryInfoGetType, handle);

    public override bool Equals(object obj) => obj is OrtMemoryInfo other && Equals(other);

    public bool Equals(OrtMemoryInfo other) => this == other || (int)Native.Get(Function.CompareMemoryInfo, handle, other.Pointer) == 0;

    // Equal infos may lie at different addresses: their contents are what counts.
    public override int GetHashCode() => HashCode.Combine(Name, Id, GetMemoryType(), GetAllocatorType());

    protected override bool ReleaseHandle()
    {
        if (_owned) Native.Release(Function.ReleaseMemoryInfo, handle);
        handle = 0;
        return true;
    }
}
