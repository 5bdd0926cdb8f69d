using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The thread pools that sessions share which are told not to have their own.</summary>
public class OrtThreadingOptions : SafeHandle
{
    public OrtThreadingOptions() : base(0, true) => handle = Native.Get(Function.CreateThreadingOptions);

    internal nint Handle => handle;

    public override bool IsInvalid => handle == 0;

    public int GlobalInterOpNumThreads { set => Native.Do(Function.SetGlobalInterOpNumThreads, handle, value); }

    public int GlobalIntraOpNumThreads { set => Native.Do(Function.SetGlobalIntraOpNumThreads, handle, value); }

    public bool GlobalSpinControl { set => Native.Do(Function.SetGlobalSpinControl, handle, value ? 1 : 0); }

    public void SetGlobalDenormalAsZero() => Native.Do(Function.SetGlobalDenormalAsZero, handle);

    protected override bool ReleaseHandle()
    {
        Native.Release(Function.ReleaseThreadingOptions, handle);
        handle = 0;
        return true;
    }
}
