using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// ONNX Runtime's C API. Each of its functions takes pointers and integers and returns an error or null, so one call
/// per number of arguments serves them all: a 32-bit argument is the low half of a register on both architectures.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = "onnxruntime";

    // The version of the API that the managed package 1.20 asks for; libraries of later versions serve it, too.
    private const uint ApiVersion = 20;

    private static readonly nint* Base = Load();

    private static readonly nint* Functions = Open();

    public static string Version => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Base[1])());

    /// <summary>Calls a function that only can fail.</summary>
    public static void Do(Function f, nint a) => Check(((delegate* unmanaged<nint, nint>)Functions[(int)f])(a));

    public static void Do(Function f, nint a, nint b) => Check(((delegate* unmanaged<nint, nint, nint>)Functions[(int)f])(a, b));

    public static void Do(Function f, nint a, nint b, nint c) => Check(((delegate* unmanaged<nint, nint, nint, nint>)Functions[(int)f])(a, b, c));

    public static void Do(Function f, nint a, nint b, nint c, nint d) =>
        Check(((delegate* unmanaged<nint, nint, nint, nint, nint>)Functions[(int)f])(a, b, c, d));

    /// <summary>Calls a function whose last argument receives its result: a handle, a pointer or an integer of up to 64 bits.</summary>
    public static nint Get(Function f)
    {
        nint result = 0;
        Do(f, (nint)(&result));
        return result;
    }

    public static nint Get(Function f, nint a)
    {
        nint result = 0;
        Do(f, a, (nint)(&result));
        return result;
    }

    public static nint Get(Function f, nint a, nint b)
    {
        nint result = 0;
        Do(f, a, b, (nint)(&result));
        return result;
    }

    public static nint Get(Function f, nint a, nint b, nint c)
    {
        nint result = 0;
        Do(f, a, b, c, (nint)(&result));
        return result;
    }

    public static nint Get(Function f, nint a, nint b, nint c, nint d)
    {
        nint result = 0;
        Check(((delegate* unmanaged<nint, nint, nint, nint, nint*, nint>)Functions[(int)f])(a, b, c, d, &result));
        return result;
    }

    public static nint Get(Function f, nint a, nint b, nint c, nint d, nint e)
    {
        nint result = 0;
        Check(((delegate* unmanaged<nint, nint, nint, nint, nint, nint*, nint>)Functions[(int)f])(a, b, c, d, e, &result));
        return result;
    }

    public static nint Get(Function f, nint a, nint b, nint c, nint d, nint e, nint g)
    {
        nint result = 0;
        Check(((delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint*, nint>)Functions[(int)f])(a, b, c, d, e, g, &result));
        return result;
    }

    /// <summary>Calls a function that frees its argument and cannot fail.</summary>
    public static void Release(Function f, nint handle)
    {
        if (handle != 0) ((delegate* unmanaged<nint, void>)Functions[(int)f])(handle);
    }

    public static void Run(nint session, nint options, ReadOnlySpan<nint> inputNames, ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputNames, Span<nint> outputs)
    {
        fixed (nint* names = inputNames, values = inputs, wanted = outputNames, results = outputs)
            Check(((delegate* unmanaged<nint, nint, nint*, nint*, nint, nint*, nint, nint*, nint>)Functions[(int)Function.Run])
                (session, options, names, values, inputs.Length, wanted, outputs.Length, results));
    }

    /// <summary>Throws what a function's return value says, and frees it.</summary>
    public static void Check(nint status)
    {
        if (status != 0) Throw(status);
    }

    private static void Throw(nint status)
    {
        int code = ((delegate* unmanaged<nint, int>)Functions[(int)Function.GetErrorCode])(status);
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Functions[(int)Function.GetErrorMessage])(status));
        Release(Function.ReleaseStatus, status);
        throw new OnnxRuntimeException((ErrorCode)code, message);
    }

    // npm's library, unlike NuGet's for Linux, reports its use to its makers and leaves files of that in the temporary
    // folder. It reads this variable when its environment is made; .NET's own SetEnvironmentVariable does not reach native code.
    private static nint* Load()
    {
        fixed (byte* name = "ORT_DISABLE_TELEMETRY"u8, value = "1"u8) _ = setenv(name, value, 1);
        return OrtGetApiBase();
    }

    private static nint* Open()
    {
        var functions = (nint*)((delegate* unmanaged<uint, nint>)Base[0])(ApiVersion);
        return functions != null ? functions : throw new NotSupportedException($"ONNX Runtime {Version} lacks version {ApiVersion} of its C API");
    }

    [DllImport("libc")] private static extern int setenv(byte* name, byte* value, int overwrite);

    [DllImport(Library)] private static extern nint* OrtGetApiBase();

    [DllImport(Library)] public static extern nint OrtSessionOptionsAppendExecutionProvider_CPU(nint options, int useArena);

    [DllImport(Library)] public static extern nint OrtSessionOptionsAppendExecutionProvider_CUDA(nint options, int deviceId);
}
