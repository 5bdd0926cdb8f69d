using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A zero-terminated copy of a string for one native call.</summary>
internal readonly ref struct Utf8(string text)
{
    public nint Pointer { get; } = Marshal.StringToCoTaskMemUTF8(text);

    public void Dispose() => Marshal.FreeCoTaskMem(Pointer);

    /// <summary>The string at a pointer that the default allocator has to free.</summary>
    public static string Take(nint text)
    {
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            Native.Do(Function.AllocatorFree, OrtAllocator.DefaultInstance.Pointer, text);
        }
    }
}
