using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How a session is made: threads, optimisations, logging. One instance may make several sessions.</summary>
public partial class SessionOptions : SafeHandle
{
    private bool _memoryPattern = true, _arena = true, _profiling;
    private string _optimizedModel = "", _id = "";
    private OrtLoggingLevel _severity = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _verbosity, _intraOp, _interOp;
    private GraphOptimizationLevel _optimization = GraphOptimizationLevel.ORT_ENABLE_ALL;
    private ExecutionMode _mode = ExecutionMode.ORT_SEQUENTIAL;

    public SessionOptions() : base(0, true)
    {
        handle = Native.Get(Function.CreateSessionOptions);
        OrtEnv.Instance();
    }

    internal nint Handle => handle;

    public override bool IsInvalid => handle == 0;

    public bool EnableMemoryPattern
    {
        get => _memoryPattern;
        set
        {
            Native.Do(value ? Function.EnableMemPattern : Function.DisableMemPattern, handle);
            _memoryPattern = value;
        }
    }

    public bool EnableCpuMemArena
    {
        get => _arena;
        set
        {
            Native.Do(value ? Function.EnableCpuMemArena : Function.DisableCpuMemArena, handle);
            _arena = value;
        }
    }

    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    public bool EnableProfiling
    {
        get => _profiling;
        set
        {
            using var prefix = new Utf8(ProfileOutputPathPrefix);
            if (value) Native.Do(Function.EnableProfiling, handle, prefix.Pointer);
            else Native.Do(Function.DisableProfiling, handle);
            _profiling = value;
        }
    }

    public string OptimizedModelFilePath
    {
        get => _optimizedModel;
        set
        {
            if (value == _optimizedModel) return;
            SetText(Function.SetOptimizedModelFilePath, value);
            _optimizedModel = value;
        }
    }

    public string LogId
    {
        get => _id;
        set
        {
            SetText(Function.SetSessionLogId, value);
            _id = value;
        }
    }

    public OrtLoggingLevel LogSeverityLevel
    {
        get => _severity;
        set => _severity = Set(Function.SetSessionLogSeverityLevel, value, (nint)value);
    }

    public int LogVerbosityLevel
    {
        get => _verbosity;
        set => _verbosity = Set(Function.SetSessionLogVerbosityLevel, value, value);
    }

    public int IntraOpNumThreads
    {
        get => _intraOp;
        set => _intraOp = Set(Function.SetIntraOpNumThreads, value, value);
    }

    public int InterOpNumThreads
    {
        get => _interOp;
        set => _interOp = Set(Function.SetInterOpNumThreads, value, value);
    }

    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get => _optimization;
        set => _optimization = Set(Function.SetSessionGraphOptimizationLevel, value, (nint)value);
    }

    public ExecutionMode ExecutionMode
    {
        get => _mode;
        set => _mode = Set(Function.SetSessionExecutionMode, value, (nint)value);
    }

    public void AddSessionConfigEntry(string configKey, string configValue)
    {
        using Utf8 key = new(configKey), value = new(configValue);
        Native.Do(Function.AddSessionConfigEntry, handle, key.Pointer, value.Pointer);
    }

    public void AddFreeDimensionOverride(string dimDenotation, long dimValue)
    {
        using var name = new Utf8(dimDenotation);
        Native.Do(Function.AddFreeDimensionOverride, handle, name.Pointer, (nint)dimValue);
    }

    public void AddFreeDimensionOverrideByName(string dimName, long dimValue)
    {
        using var name = new Utf8(dimName);
        Native.Do(Function.AddFreeDimensionOverrideByName, handle, name.Pointer, (nint)dimValue);
    }

    public void DisablePerSessionThreads() => Native.Do(Function.DisablePerSessionThreads, handle);

    protected override bool ReleaseHandle()
    {
        Native.Release(Function.ReleaseSessionOptions, handle);
        handle = 0;
        return true;
    }

    private T Set<T>(Function function, T value, nint argument)
    {
        Native.Do(function, handle, argument);
        return value;
    }

    private void SetText(Function function, string value)
    {
        using var text = new Utf8(value);
        Native.Do(function, handle, text.Pointer);
    }
}
