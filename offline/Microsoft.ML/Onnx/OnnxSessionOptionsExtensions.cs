using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

public static class OnnxSessionOptionsExtensions
{
    private const string Name = "OnnxSessionOptions";

    public static OnnxSessionOptions GetOnnxSessionOption(this IHostEnvironment env) => Context(env).GetOptionOrDefault<OnnxSessionOptions>(Name);

    public static void SetOnnxSessionOption(this IHostEnvironment env, OnnxSessionOptions onnxSessionOptions) => Context(env).SetOption(Name, onnxSessionOptions);

    private static MLContext Context(IHostEnvironment env) => env as MLContext ?? throw new ArgumentException("No Onnx Session Options");
}
