namespace Microsoft.ML.OnnxRuntime;

/// <summary>What ONNX Runtime refuses or fails at; the message begins with the kind of the error.</summary>
public class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException(ErrorCode code, string message) : base($"[ErrorCode:{code}] {message}") { }
}
