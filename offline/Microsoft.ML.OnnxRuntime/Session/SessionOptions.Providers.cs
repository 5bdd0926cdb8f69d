namespace Microsoft.ML.OnnxRuntime;

public partial class SessionOptions
{
    /// <summary>Options for the GPU <paramref name="deviceId"/>; throws where the library has no such provider, as here.</summary>
    public static SessionOptions MakeSessionOptionWithCudaProvider(int deviceId = 0)
    {
        var options = new SessionOptions();
        try
        {
            options.AppendExecutionProvider_CUDA(deviceId);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    public void AppendExecutionProvider_CPU(int useArena = 1) => Native.Check(Native.OrtSessionOptionsAppendExecutionProvider_CPU(handle, useArena));

    public void AppendExecutionProvider_CUDA(int deviceId = 0) => Native.Check(Native.OrtSessionOptionsAppendExecutionProvider_CUDA(handle, deviceId));
}
