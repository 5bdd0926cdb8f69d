using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Options of one run or of several at once; <see cref="Terminate"/> ends those under way.</summary>
public class RunOptions : SafeHandle
{
    private OrtLoggingLevel _severity = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _verbosity;
    private string _id = "";
    private bool _terminate;

    public RunOptions() : base(0, true) => handle = Native.Get(Function.CreateRunOptions);

    internal nint Handle => handle;

    public override bool IsInvalid => handle == 0;

    public OrtLoggingLevel LogSeverityLevel
    {
        get => _severity;
        set
        {
            Native.Do(Function.RunOptionsSetRunLogSeverityLevel, handle, (nint)value);
            _severity = value;
        }
    }

    public int LogVerbosityLevel
    {
        get => _verbosity;
        set
        {
            Native.Do(Function.RunOptionsSetRunLogVerbosityLevel, handle, value);
            _verbosity = value;
        }
    }

    public string LogId
    {
        get => _id;
        set
        {
            using var text = new Utf8(value);
            Native.Do(Function.RunOptionsSetRunTag, handle, text.Pointer);
            _id = value;
        }
    }

    public bool Terminate
    {
        get => _terminate;
        set
        {
            Native.Do(value ? Function.RunOptionsSetTerminate : Function.RunOptionsUnsetTerminate, handle);
            _terminate = value;
        }
    }

    public void AddRunConfigEntry(string configKey, string configValue)
    {
        using Utf8 key = new(configKey), value = new(configValue);
        Native.Do(Function.AddRunConfigEntry, handle, key.Pointer, value.Pointer);
    }

    protected override bool ReleaseHandle()
    {
        Native.Release(Function.ReleaseRunOptions, handle);
        handle = 0;
        return true;
    }
}
