using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The process's one environment: logging, and thread pools that sessions may share. Made when first needed.</summary>
public sealed class OrtEnv : SafeHandle
{
    private const int CSharpProjection = 2;
    private const string DefaultLogId = "CSharpOnnxRuntime";

    private static EnvironmentCreationOptions _options;
    private static DOrtLoggingFunction _logger;
    private static Lazy<OrtEnv> _instance = new(Create);

    private OrtLoggingLevel _level;

    private OrtEnv(nint env, OrtLoggingLevel level) : base(env, true)
    {
        _level = level;
        Native.Do(Function.SetLanguageProjection, env, CSharpProjection);
    }

    public static bool IsCreated => _instance.IsValueCreated;

    internal nint Handle => handle;

    public override bool IsInvalid => handle == 0;

    public OrtLoggingLevel EnvLogLevel
    {
        get => _level;
        set
        {
            Native.Do(Function.UpdateEnvWithCustomLogLevel, handle, (nint)value);
            _level = value;
        }
    }

    public static OrtEnv Instance() => _instance.Value;

    public static OrtEnv CreateInstanceWithOptions(ref EnvironmentCreationOptions options)
    {
        if (IsCreated)
            throw new OnnxRuntimeException(ErrorCode.RuntimeException, "OrtEnv singleton instance already exists, supplied options would not have effect");
        _options = options;
        return _instance.Value;
    }

    public string GetVersionString() => Native.Version;

    public unsafe string[] GetAvailableProviders()
    {
        int count = 0;
        nint names = 0;
        Native.Do(Function.GetAvailableProviders, (nint)(&names), (nint)(&count));
        try
        {
            return Array.ConvertAll(new ReadOnlySpan<nint>((void*)names, count).ToArray(), Marshal.PtrToStringUTF8);
        }
        finally
        {
            Native.Do(Function.ReleaseAvailableProviders, names, count);
        }
    }

    protected override bool ReleaseHandle()
    {
        Native.Release(Function.ReleaseEnv, handle);
        handle = 0;
        _instance = new(Create);
        return true;
    }

    private static unsafe OrtEnv Create()
    {
        var level = _options.logLevel ?? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
        using var id = new Utf8(string.IsNullOrEmpty(_options.logId) ? DefaultLogId : _options.logId);
        nint param = _options.loggingParam ?? 0, log = (nint)(delegate* unmanaged<nint, int, nint, nint, nint, nint, void>)&Log;
        nint threads = _options.threadOptions?.Handle ?? 0;
        _logger = _options.loggingFunction;
        return new(
            (_logger, threads) switch
            {
                (null, 0) => Native.Get(Function.CreateEnv, (nint)level, id.Pointer),
                (null, _) => Native.Get(Function.CreateEnvWithGlobalThreadPools, (nint)level, id.Pointer, threads),
                (_, 0) => Native.Get(Function.CreateEnvWithCustomLogger, log, param, (nint)level, id.Pointer),
                _ => Native.Get(Function.CreateEnvWithCustomLoggerAndGlobalThreadPools, log, param, (nint)level, id.Pointer, threads),
            },
            level);
    }

    [UnmanagedCallersOnly]
    private static void Log(nint param, int severity, nint category, nint id, nint location, nint message) => _logger(param, (OrtLoggingLevel)severity,
        Marshal.PtrToStringUTF8(category), Marshal.PtrToStringUTF8(id), Marshal.PtrToStringUTF8(location), Marshal.PtrToStringUTF8(message));
}
