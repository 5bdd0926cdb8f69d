using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using ResNet.Tests.Core.Networks.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Onnx;

/// <summary>TorchSharp's layers in a Sequential of one's own: the same logits by TorchSharp and, exported, by ONNX Runtime.</summary>
public class LayerTests
{
    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> Layers = new()
    {
        ["Conv2d"] = () => Conv2d(6, 6, kernel_size: (3L, 5L), stride: (2L, 1L), padding: (1L, 2L), dilation: (1L, 1L), groups: 2, bias: true),
        ["BatchNorm2d"] = () => BatchNorm2d(6),
        ["GroupNorm"] = () => GroupNorm(3, 6),
        ["GroupNorm plain"] = () => GroupNorm(2, 6, affine: false),
        ["LayerNorm"] = () => LayerNorm([6, 12, 12]),
        ["LayerNorm of rows"] = () => LayerNorm(12),
        ["LayerNorm plain"] = () => LayerNorm([12, 12], elementwise_affine: false),
        ["ReLU"] = () => ReLU(),
        ["ReLU6"] = () => ReLU6(),
        ["LeakyReLU"] = () => LeakyReLU(0.2),
        ["ELU"] = () => ELU(0.7),
        ["GELU"] = () => GELU(),
        ["SiLU"] = () => SiLU(),
        ["Hardswish"] = () => Hardswish(),
        ["Hardsigmoid"] = () => Hardsigmoid(),
        ["Sigmoid"] = () => Sigmoid(),
        ["Tanh"] = () => Tanh(),
        ["MaxPool2d"] = () => MaxPool2d(3, 2, 1, ceil_mode: true),
        ["AvgPool2d"] = () => AvgPool2d(3, 2, 1, ceil_mode: false, count_include_pad: false),
        ["AdaptiveAvgPool2d"] = () => AdaptiveAvgPool2d(1),
        ["Flatten"] = () => Flatten(),
        ["Dropout"] = () => Dropout(0.5),
        ["Dropout2d"] = () => Dropout2d(0.5),
        ["Identity"] = () => Identity(),
        ["Sequential"] = () => Sequential(Sequential(ReLU(), Conv2d(6, 4, 1L)), Tanh()),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_computes_the_same(string name)
    {
        using var scope = NewDisposeScope();
        var layer = Layers[name]();
        var first = Conv2d(3, 6, kernel_size: 3, padding: 1);
        var length = layer.call(first.call(zeros(2, 3, 12, 12))).flatten(1).shape[1];
        using var network = Of(classes => Sequential(("first", first), ("layer", layer), ("flat", Flatten()), ("fc", Linear(length, classes)))).Create();
        FormulaWeights.Fill(network);
        Compare(network);
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);
        Assert.Equal(
            network.state_dict().Keys.Where(key => !key.EndsWith("num_batches_tracked")).Order(),
            OnnxFile.Read(stream.ToArray(), name).Weights.Keys.Order());
    }

    [Fact]
    public void A_module_of_ones_own_computes_the_same()
    {
        using var network = Of(classes => new SmallResNet(classes)).Create();
        FormulaWeights.Fill(network);
        Compare(network);
    }

    [Fact]
    public void What_is_unknown_is_named_with_what_to_do()
    {
        using var scripted = Of(classes => new Scripted(3 * 12 * 12, classes)).Create();
        var error = Assert.Throws<NotSupportedException>(() => scripted.SaveOnnx(Stream.Null));
        Assert.Contains("(Scripted) is unknown to the ONNX export; let its class implement ResNet.Core.IOnnxModule", error.Message);
        using var pooled = Of(classes => Sequential(("pool", AdaptiveAvgPool2d(2)), ("flat", Flatten()), ("fc", Linear(12, classes)))).Create();
        Assert.Contains("'pool' (AdaptiveAvgPool2d) pools to more than one pixel", Assert.Throws<NotSupportedException>(() => pooled.SaveOnnx(Stream.Null)).Message);
    }

    private static ModuleSpecification Of(Func<int, Module<Tensor, Tensor>> create) => new(create) { Classes = 5, InputSize = 12 };

    private static void Compare(ModuleNetwork network)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var generator = new Generator(3);
        network.eval();
        var images = rand([3, 3, 12, 12], generator: generator) * 6 - 3;
        var expected = network.call(images);
        using var stream = new MemoryStream();
        network.SaveOnnx(stream);
        using var session = new InferenceSession(stream.ToArray());
        using var input = OrtValue.CreateTensorValueFromMemory(images.data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], ["Logits"]);
        var actual = tensor(outputs[0].GetTensorDataAsSpan<float>().ToArray(), 3, 5);
        Assert.True(expected.std().item<float>() > 1e-3, "the logits hardly differ");
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-4f * Math.Max(1, expected.abs().max().item<float>()));
    }
}
