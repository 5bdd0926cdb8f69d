using ResNet.Core;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Networks.Modules;

/// <summary>A residual network as a user would write it: a class of its own, dropout, a view, and the ONNX beside its forward.</summary>
internal sealed class SmallResNet : Module<Tensor, Tensor>, IOnnxModule
{
    private readonly Conv2d stem;
    private readonly BatchNorm2d norm;
    private readonly Block block;
    private readonly Dropout dropout;
    private readonly Linear fc;

    public SmallResNet(int classes, int channels = 3, int width = 8, double drop = 0.1)
        : base(nameof(SmallResNet))
    {
        stem = Conv2d(channels, width, kernel_size: 3, padding: 1, bias: false);
        norm = BatchNorm2d(width);
        block = new Block(width);
        dropout = Dropout(drop);
        fc = Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = functional.relu(norm.call(stem.call(input)));
        x = block.call(x);
        // As it lies in memory: not for every layout.
        x = functional.adaptive_avg_pool2d(x, 1).view(x.shape[0], -1);
        return fc.call(dropout.call(x));
    }

    public string Export(OnnxGraph graph, string input, string prefix)
    {
        var x = graph.Relu(graph.Call(norm, graph.Call(stem, input, prefix + "stem"), prefix + "norm"));
        x = graph.Call(block, x, prefix + "block");
        return graph.Call(fc, graph.Flatten(graph.GlobalAvgPool2d(x)), prefix + "fc");
    }

    private sealed class Block : Module<Tensor, Tensor>, IOnnxModule
    {
        private readonly Conv2d conv1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn1;
        private readonly BatchNorm2d bn2;

        public Block(int width)
            : base(nameof(Block))
        {
            conv1 = Conv2d(width, width, kernel_size: 3, padding: 1, bias: false);
            conv2 = Conv2d(width, width, kernel_size: 3, padding: 1, bias: false);
            bn1 = BatchNorm2d(width);
            bn2 = BatchNorm2d(width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = functional.relu(bn1.call(conv1.call(input)));
            return functional.relu(input + bn2.call(conv2.call(x)));
        }

        public string Export(OnnxGraph graph, string input, string prefix)
        {
            var x = graph.Relu(graph.Call(bn1, graph.Call(conv1, input, prefix + "conv1"), prefix + "bn1"));
            return graph.Relu(graph.Add(input, graph.Call(bn2, graph.Call(conv2, x, prefix + "conv2"), prefix + "bn2")));
        }
    }
}
