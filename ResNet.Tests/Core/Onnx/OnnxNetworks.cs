using ResNet.Core;
using ResNet.Tests.Core.Networks;

namespace ResNet.Tests.Core.Onnx;

/// <summary>Networks with weights and statistics that are neither 0 nor 1, and their files.</summary>
internal static class OnnxNetworks
{
    public static string[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => $"class {i}")];

    public static ClassificationNetwork Filled(NetworkSpecification specification)
    {
        var network = specification.Create();
        FormulaWeights.Fill(network);
        network.eval();
        return network;
    }

    /// <summary>An ODE network whose steps are as long as the tolerance allows.</summary>
    public static OdeNetSpecification AdaptiveOde(double tolerance) => new()
    {
        Width = 8,
        Classes = 5,
        InputSize = 16,
        Solver = new() { Method = OdeMethod.DormandPrince, RelativeTolerance = tolerance, AbsoluteTolerance = tolerance },
    };

    public static byte[] Bytes(ClassificationNetwork network, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        network.SaveOnnx(stream, options);
        return stream.ToArray();
    }
}
