using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Networks;

public class HighwayTests
{
    private static readonly HighwaySpecification Tiny = new()
    {
        Name = "tiny",
        Stages = [2, 2],
        Widths = [8, 12],
        Classes = GeneratedImages.Classes,
        InputSize = GeneratedImages.Side,
        Normalization = Normalization.Centered(3),
    };

    // The paper: 19 layers with 2.3 million parameters, 32 layers with 1.25 million.
    [Theory]
    [InlineData("highway19", 19, 2.3e6)]
    [InlineData("highway32", 32, 1.25e6)]
    public void Depth_is_the_papers_and_parameters_come_near(string name, int depth, double parameters)
    {
        var specification = (HighwaySpecification)NetworkPresets.Get(name);
        Assert.Equal(depth, specification.Depth);
        using var network = specification.Create();
        Assert.Equal(1, network.parameters().Sum(parameter => parameter.numel()) / parameters, 0.03);
    }

    [Fact]
    public void Gates_start_from_their_bias()
    {
        using var network = (Tiny with { GateBias = -3 }).Create();
        Assert.All(network.state_dict()["features.layer1_1.gate.bias"].data<float>(), bias => Assert.Equal(-3, bias));
        Assert.All(network.state_dict()["features.layer1_1.transform.conv.bias"].data<float>(), bias => Assert.Equal(0, bias));
    }

    // A gate far below 0 carries the input, one far above 0 lets the transform through.
    [Theory]
    [InlineData(-100, false)]
    [InlineData(100, true)]
    public void Closed_gates_carry_and_open_ones_transform(double bias, bool transforms)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var convolution = Conv2d(4, 4, kernel_size: 3, padding: 1);
        using var layer = new HighwayLayer(convolution, HighwayGate.Learned, 4);
        layer.SetGateBias(bias);
        var x = randn(2, 4, 6, 6);
        var expected = transforms ? convolution.call(x) : x;
        Assert.InRange((layer.call(x) - expected).abs().max().item<float>(), 0, 1e-6f);
    }

    // ResNet as the special case T = C = 1: the same residual function, the same weights, the same bits.
    [Fact]
    public void With_open_gates_it_is_a_residual_network()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var specification = GeneratedImages.TinyNetwork with { Activation = ActivationOrder.PreActivation };
        using var block = new ResidualBlock(specification, number: 2, channels: 8, planes: 8, stride: 1, new TrainingNoise(1));
        var parts = block.named_children().ToDictionary(child => child.name, child => (Module<Tensor, Tensor>)child.module);
        using var layer = new HighwayLayer(
            Sequential(parts["bn1"], ReLU(), parts["conv1"], parts["bn2"], ReLU(), parts["conv2"]), HighwayGate.Open, channels: 8);
        var x = randn(2, 8, 16, 16);
        Assert.True(block.call(x).bytes.SequenceEqual(layer.call(x).bytes));
    }

    // Where a learned gate stands half open, a layer is half a residual one: y = (H(x) + x) / 2.
    [Fact]
    public void Half_open_gates_halve_a_residual_layer()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var convolution = Conv2d(4, 4, kernel_size: 3, padding: 1);
        using var layer = new HighwayLayer(convolution, HighwayGate.Learned, 4);
        init.zeros_(((TorchSharp.Modules.Conv2d)layer.named_children().Last().module).weight);
        layer.SetGateBias(0);
        var x = randn(2, 4, 6, 6);
        Assert.InRange((layer.call(x) - ((convolution.call(x) + x) / 2)).abs().max().item<float>(), 0, 1e-6f);
    }

    [Theory]
    [InlineData(HighwayGate.Learned)]
    [InlineData(HighwayGate.Open)]
    public void Gradients_reach_every_parameter_and_the_loss_falls(HighwayGate gate)
    {
        using var network = (Tiny with { Gate = gate, GateBias = -1 }).Create(seed: 1);
        FewSteps.LowerTheLoss(gate.ToString(), network, learningRate: 0.01);
    }

    public static TheoryData<string, HighwaySpecification> Broken() => new()
    {
        { "Stages", Tiny with { Stages = [] } },
        { "Widths", Tiny with { Widths = [8] } },
        { "Widths", Tiny with { Widths = default } },
        { "GateBias", Tiny with { GateBias = double.NaN } },
        { "Gate", Tiny with { Gate = (HighwayGate)5 } },
        { "InputSize", Tiny with { InputSize = 1 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Errors_name_the_rule(string property, HighwaySpecification specification) =>
        Assert.Contains(property, Assert.Throws<ArgumentException>(() => specification.Validate()).Message);

    [Fact]
    public void Json_brings_the_same_record_back() => Assert.Equal(Tiny, NetworkSpecification.FromJson(Tiny.ToJson()));
}
