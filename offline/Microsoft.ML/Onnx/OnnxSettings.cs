using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>What an ONNX transformer was made with, beside its model.</summary>
internal sealed record OnnxSettings(IHostEnvironment Environment, string[] Outputs, string[] Inputs)
{
    public int? GpuDeviceId { get; init; }

    public bool FallbackToCpu { get; init; }

    public IReadOnlyDictionary<string, int[]> Shapes { get; init; } = new Dictionary<string, int[]>();

    /// <summary>How deep the real package's protobuf parser follows nested messages; here it only travels with the model.</summary>
    public int RecursionLimit { get; init; } = 100;

    public int? InterOpNumThreads { get; init; }

    public int? IntraOpNumThreads { get; init; }

    public string TempFolder => (Environment as MLContext)?.TempFilePath ?? Path.GetTempPath();
}
