namespace Microsoft.ML.OnnxRuntime;

/// <summary>Receives a message of the runtime; <paramref name="param"/> is what the options gave.</summary>
public delegate void DOrtLoggingFunction(IntPtr param, OrtLoggingLevel severity, string category, string logId, string codeLocation, string message);

/// <summary>How the process's one environment is made. Whatever is null has its default.</summary>
public struct EnvironmentCreationOptions
{
    public string logId;
    public OrtLoggingLevel? logLevel;
    public OrtThreadingOptions threadOptions;
    public IntPtr? loggingParam;
    public DOrtLoggingFunction loggingFunction;
}
