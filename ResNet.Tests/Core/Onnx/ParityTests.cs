using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Onnx;

/// <summary>The same network by TorchSharp and, exported, by ONNX Runtime: logits within 1e-4 of each other (of the largest logit, where that is above 1).</summary>
public class ParityTests
{
    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet20")]
    [InlineData("resnet32")]
    [InlineData("resnet44")]
    [InlineData("resnet56")]
    public void Logits_of_small_networks_are_torchs(string name)
    {
        using var network = OnnxNetworks.Filled((ResNetSpecification)NetworkPresets.Get(name, classes: 10) with { InputSize = 64 });
        Compare(network);
    }

    [Theory]
    [InlineData("resnet50")]
    [InlineData("resnet50-v1")]
    [InlineData("resnext50_32x4d")]
    [InlineData("wide_resnet50_2")]
    [InlineData("resnet20-b")]
    [InlineData("resnet20-c")]
    [InlineData("resnet29-bottleneck")]
    [InlineData("plain20")]
    [InlineData("preact_resnet50")]
    [InlineData("preact_resnet29")]
    [InlineData("wide_resnet16_2")]
    [InlineData("PreActivation")]
    [InlineData("NormAfterAddition")]
    [InlineData("ReluBeforeAddition")]
    [InlineData("ReluPreActivation")]
    [InlineData("survival")]
    [InlineData("survival-ReluBeforeAddition")]
    public void Logits_of_every_variant_are_torchs(string name)
    {
        using var network = OnnxNetworks.Filled((ResNetSpecification)Networks.Networks.Named(name) with { Classes = 10, InputSize = 64, Width = 16 });
        Compare(network);
    }

    [Theory]
    [InlineData("densenet121")]
    [InlineData("densenet_bc40_12")]
    [InlineData("densenet40_12")]
    [InlineData("highway19")]
    [InlineData("odenet")]
    public void Logits_of_other_families_are_torchs(string name)
    {
        using var network = OnnxNetworks.Filled(Networks.Networks.Named(name) with { Classes = 10, InputSize = 64 });
        Compare(network);
    }

    // Tighter tolerances and a longer way take more steps, some of them twice; the graph takes the same ones.
    [Theory]
    [InlineData(1e-3, 1)]
    [InlineData(1e-5, 1)]
    [InlineData(1e-4, 5)]
    public void Adaptive_steps_are_taken_by_ONNX_Runtime_too(double tolerance, double end)
    {
        using var network = OnnxNetworks.Filled(OnnxNetworks.AdaptiveOde(tolerance) with { EndTime = end });
        Compare(network);
    }

    [Fact]
    public void Without_a_solution_ONNX_Runtime_gives_none()
    {
        using var scope = NewDisposeScope();
        var specification = OnnxNetworks.AdaptiveOde(1e-6);
        using var network = OnnxNetworks.Filled(specification with { Solver = specification.Solver with { MaxSteps = 2 } });
        var images = FormulaWeights.Images(16).to(ScalarType.Float32);
        Assert.Throws<InvalidOperationException>(() => network.call(images));
        using var session = new InferenceSession(OnnxNetworks.Bytes(network));
        Assert.All(Run(session, images)["Logits"].data<float>(), logit => Assert.Equal(float.NaN, logit));
    }

    [SkippableTheory]
    [Trait("Category", "Slow")]
    [InlineData("resnet34")]
    [InlineData("resnet50")]
    [InlineData("resnet101")]
    [InlineData("resnet152")]
    [InlineData("resnet110")]
    [InlineData("resnet1202")]
    public void Logits_of_deep_networks_are_torchs(string name)
    {
        SlowTests.Require();
        using var network = OnnxNetworks.Filled((ResNetSpecification)NetworkPresets.Get(name));
        Calm(network);
        Compare(network);
    }

    [SkippableFact]
    public void A_trained_resnet20_gives_its_known_logits()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork((ResNetSpecification)NetworkPresets.Get("resnet20") with { Normalization = null });
        network.load_state_dict(TensorFiles.ReadSafetensors(SharedData.Require("cifar10/resnet20.safetensors")), strict: false);
        var images = TensorFiles.ReadNpy(SharedData.Require("cifar10/spread64_input.npy"));
        var expected = TensorFiles.ReadNpy(SharedData.Require("cifar10/resnet20_spread64_logits.npy"));
        using var session = new InferenceSession(OnnxNetworks.Bytes(network));
        Assert.InRange((Run(session, images)["Logits"] - expected).abs().max().item<float>(), 0, 1e-4f);
    }

    [Fact]
    public void Outputs_follow_from_the_logits()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        using var session = new InferenceSession(OnnxNetworks.Bytes(network, new OnnxExportOptions { Labels = OnnxNetworks.Labels(4) }));
        var images = rand(5, 3, 16, 16) * 255;
        var outputs = Run(session, images);
        Assert.Equal([5, 4], outputs["Logits"].shape);
        AssertClose(outputs["Logits"].softmax(1), outputs["Probabilities"]);
        AssertClose(outputs["Probabilities"].flatten(), outputs["Score"]);
        Assert.Equal(outputs["Logits"].argmax(1).data<long>().ToArray(), outputs["ClassIndex"].data<long>().ToArray());
    }

    [Fact]
    public void Every_form_of_input_gives_the_same()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        using var gradients = no_grad();
        var images = FormulaWeights.Images(16);
        var expected = network.call(images);
        using var interleaved = Session(new() { Layout = PixelLayout.Interleaved });
        AssertClose(expected, Run(interleaved, images.permute(0, 2, 3, 1).contiguous().to(ScalarType.Float32))["Logits"]);
        using var bytes = Session(new() { Bytes = true, Layout = PixelLayout.Interleaved, Input = "Pixels" });
        AssertClose(expected, Run(bytes, images.permute(0, 2, 3, 1).contiguous())["Logits"]);

        using var any = Session(new() { AnySize = true });
        var larger = rand(2, 3, 20, 28) * 255;
        AssertClose(network.call(larger), Run(any, larger)["Logits"]);

        InferenceSession Session(OnnxSignature signature) => new(OnnxNetworks.Bytes(network, new OnnxExportOptions { Signature = signature }));
    }

    // Sums of hundreds of blocks with weights out of a formula leave float32's range.
    private static void Calm(ClassificationNetwork network)
    {
        using var gradients = no_grad();
        foreach (var (_, scale) in network.state_dict().Where(entry => entry.Key.EndsWith("bn2.weight")))
        {
            scale.mul_(0.1f);
        }
    }

    private static void Compare(ClassificationNetwork network)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var session = new InferenceSession(OnnxNetworks.Bytes(network));
        var side = network.Specification.InputSize;
        using var generator = new Generator(7);
        foreach (var images in new[] { FormulaWeights.Images(side), rand([3, 3, side, side], generator: generator) * 255 })
        {
            AssertClose(network.call(images), Run(session, images.to(ScalarType.Float32))["Logits"]);
        }
    }

    private static Dictionary<string, Tensor> Run(InferenceSession session, Tensor images)
    {
        var name = session.InputNames.Single();
        using var input = images.dtype == ScalarType.Byte
            ? OrtValue.CreateTensorValueFromMemory(images.data<byte>().ToArray(), images.shape)
            : OrtValue.CreateTensorValueFromMemory(images.data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [name], [input], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair =>
        {
            var info = pair.Second.GetTensorTypeAndShape();
            return info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64
                ? tensor(pair.Second.GetTensorDataAsSpan<long>().ToArray(), info.Shape)
                : tensor(pair.Second.GetTensorDataAsSpan<float>().ToArray(), info.Shape);
        });
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var tolerance = 1e-4f * Math.Max(1, expected.abs().max().item<float>());
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);
    }
}
