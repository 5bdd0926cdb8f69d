using ResNet.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace YourOwn;

/// <summary>A TorchSharp module as you would write it without this library: pixels N×3×H×W in, logits N×classes out. <see cref="Export"/> makes it
/// something that ml.Model.Save can write; a Sequential of TorchSharp's layers would not even need that.</summary>
internal sealed class SmallResNet : Module<Tensor, Tensor>, IOnnxModule
{
    private const int Width = 16;

    private readonly Conv2d stem = Conv2d(3, Width, kernel_size: 3, stride: 2, padding: 1, bias: false);
    private readonly BatchNorm2d norm = BatchNorm2d(Width);
    private readonly Conv2d conv = Conv2d(Width, Width, kernel_size: 3, padding: 1, bias: false);
    private readonly BatchNorm2d convNorm = BatchNorm2d(Width);
    private readonly Dropout dropout = Dropout(0.1);
    private readonly Linear fc;

    public SmallResNet(int classes)
        : base(nameof(SmallResNet))
    {
        fc = Linear(Width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(norm.call(stem.call(input)));
        x = functional.relu(x + convNorm.call(conv.call(x)));
        return fc.call(dropout.call(functional.adaptive_avg_pool2d(x, 1).flatten(1)));
    }

    // forward once more, in eval mode and with the names of values instead of tensors.
    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var x = graph.Relu(graph.Call(norm, graph.Call(stem, input, prefix + "stem"), prefix + "norm"));
        x = graph.Relu(graph.Add(x, graph.Call(convNorm, graph.Call(conv, x, prefix + "conv"), prefix + "convNorm")));
        return graph.Call(fc, graph.Flatten(graph.GlobalAvgPool2d(x)), prefix + "fc");
    }
}
