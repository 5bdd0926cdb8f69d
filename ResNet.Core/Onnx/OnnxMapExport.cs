using Google.Protobuf;
using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>
/// Writes networks that give maps as ONNX, in the operators and with the weights' names of <see cref="OnnxExport"/>. One float32
/// input "input", n×C×height×width, pixel values 0..255, normalisation inside; one float32 output for each map, under its name.
/// Batch, height and width are open: ML.NET's ApplyOnnxModel fixes them by its shapeDictionary.
/// </summary>
public static class OnnxMapExport
{
    private const string Input = "input";

    /// <summary>Writes the network to a file.</summary>
    /// <param name="network">The network; it is written as it is in eval mode, from whatever device.</param>
    /// <param name="path">The file, usually <c>*.onnx</c>; replaced if it exists, and only once the new one is complete.</param>
    /// <exception cref="NotSupportedException">The network is not of float32.</exception>
    public static void SaveOnnx(this IMapNetwork network, string path) => OnnxExport.Replace(path, network.SaveOnnx);

    /// <summary>Writes the network to a stream.</summary>
    /// <param name="network">The network; it is written as it is in eval mode, from whatever device.</param>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <inheritdoc cref="SaveOnnx(IMapNetwork, string)" path="/exception"/>
    public static void SaveOnnx(this IMapNetwork network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        var proto = new GraphProto { Name = network.GetType().Name };
        var graph = new OnnxGraph(proto);
        graph.Reserve(Input);
        foreach (var map in network.Maps)
        {
            graph.Reserve(map.Name);
        }

        proto.Input.Add(Value(Input, network.InputChannels, "height", "width"));
        foreach (var (map, value) in network.Maps.Zip(network.Export(graph, Input, "")))
        {
            graph.Output(map.Name, "Identity", [value]);
            proto.Output.Add(Value(map.Name, map.Channels, $"{map.Name}_height", $"{map.Name}_width"));
        }

        var model = OnnxExport.NewModel();
        model.Graph = proto;
        model.WriteTo(stream);
    }

    private static ValueInfoProto Value(string name, int channels, string height, string width) => OnnxValue.Value(
        name, DataType.Float, OnnxValue.Dimension("n"), OnnxValue.Dimension(channels), OnnxValue.Dimension(height), OnnxValue.Dimension(width));
}
