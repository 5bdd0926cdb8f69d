using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A native session and the memory of its names. Runs under way keep it, so that disposing it on another thread is safe.</summary>
internal sealed class SessionHandle : SafeHandle
{
    private readonly List<nint> _names = [];

    public unsafe SessionHandle(string path, SessionOptions options) : base(0, true)
    {
        using var text = new Utf8(path);
        SetHandle(Native.Get(Function.CreateSession, OrtEnv.Instance().Handle, text.Pointer, options.Handle));
    }

    public unsafe SessionHandle(byte[] model, SessionOptions options) : base(0, true)
    {
        fixed (byte* start = model)
            SetHandle(Native.Get(Function.CreateSessionFromArray, OrtEnv.Instance().Handle, (nint)start, model.Length, options.Handle));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The types of the inputs or outputs by name, in the model's order.</summary>
    public Dictionary<string, NodeMetadata> Describe(Function count, Function typeOf, Function nameOf, List<string> names)
    {
        var nodes = new Dictionary<string, NodeMetadata>();
        int last = (int)Native.Get(count, handle);
        for (int i = 0; i < last; i++)
        {
            string name = Utf8.Take(Native.Get(nameOf, handle, i, OrtAllocator.DefaultInstance.Pointer));
            nint type = Native.Get(typeOf, handle, i);
            try
            {
                _names.Add(Marshal.StringToCoTaskMemUTF8(name));
                nodes[name] = NodeMetadata.Of(type, _names[^1]);
                names.Add(name);
            }
            finally
            {
                Native.Release(Function.ReleaseTypeInfo, type);
            }
        }
        return nodes;
    }

    protected override bool ReleaseHandle()
    {
        Native.Release(Function.ReleaseSession, handle);
        _names.ForEach(Marshal.FreeCoTaskMem);
        return true;
    }
}
