using Google.Protobuf;
using ResNet.Core.Onnx;
using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>Writes torchvision's <c>center_crop</c> of square images as ONNX: ML.NET has no transform that crops without resizing.</summary>
public static class OnnxCenterCrop
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; replaced if it exists. It has a few hundred bytes.</param>
    /// <param name="input">Name of the input, float32, 1×3×size×size.</param>
    /// <param name="output">Name of the output, float32, 3×crop×crop.</param>
    /// <param name="size">Side of the images, pixels, from 1.</param>
    /// <param name="crop">Side of the crop, pixels, 1 to <paramref name="size"/>.</param>
    public static void Save(string path, string input, string output, int size, int crop)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(crop, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, crop);
        var model = new ModelProto
        {
            IrVersion = OnnxExport.IrVersion,
            ProducerName = "ResNet.MLNet",
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OnnxExport.Opset } },
            Graph = Graph(input, output, size, crop),
        };
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private static GraphProto Graph(string input, string output, int size, int crop)
    {
        var proto = new GraphProto { Name = "center_crop" };
        var graph = new OnnxGraph(proto);
        graph.Reserve(input);
        graph.Reserve(output);
        var first = CropSpan.Center(size, crop).Start;
        var cropped = graph.Node(
            "Slice", [input, graph.Constant(first, first), graph.Constant(first + crop, first + crop), graph.Constant(2L, 3L)]);
        graph.Output(output, "Reshape", [cropped, graph.Constant(3L, crop, crop)]);
        proto.Input.Add(Images(input, 1, 3, size, size));
        proto.Output.Add(Images(output, 3, crop, crop));
        return proto;
    }

    private static ValueInfoProto Images(string name, params long[] shape) =>
        OnnxValue.Value(name, DataType.Float, [.. shape.Select(OnnxValue.Dimension)]);
}
