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

    public static byte[] Bytes(ClassificationNetwork network, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        network.SaveOnnx(stream, options);
        return stream.ToArray();
    }
}
