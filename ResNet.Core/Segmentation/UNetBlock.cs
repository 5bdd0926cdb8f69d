using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>One block of a U-Net's decoder: twice as large by nearest neighbour, the encoder's map beside it, two convolutions with batch norm and ReLU.</summary>
internal sealed class UNetBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly Sequential conv1, conv2;

    public UNetBlock(int channels, int skipChannels, int output)
        : base(nameof(UNetBlock))
    {
        conv1 = Layer(channels + skipChannels, output);
        conv2 = Layer(output, output);
        RegisterComponents();
    }

    /// <param name="input">N×C×H×W.</param>
    /// <param name="skip">The encoder's map, N×C'×2H×2W; null where it has none of that size.</param>
    public override Tensor forward(Tensor input, Tensor? skip)
    {
        using var scope = NewDisposeScope();
        var x = functional.interpolate(input, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return conv2.call(conv1.call(skip is null ? x : cat([x, skip], 1))).MoveToOuterDisposeScope();
    }

    public string Export(OnnxGraph graph, string input, string? skip, string prefix)
    {
        var x = graph.UpsampleNearest(input, 2);
        x = graph.Call(conv1, skip is null ? x : graph.Concat([x, skip]), prefix + "conv1");
        return graph.Call(conv2, x, prefix + "conv2");
    }

    private static Sequential Layer(int input, int output) =>
        Sequential(Conv2d(input, output, kernel_size: 3, padding: 1, bias: false), BatchNorm2d(output), ReLU(inplace: true));
}
