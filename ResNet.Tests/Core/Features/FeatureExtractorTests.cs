using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Onnx;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Features;

/// <summary>Embeddings and maps of any stage, by TorchSharp and, exported, by ONNX Runtime.</summary>
public class FeatureExtractorTests
{
    private const int Side = 48;

    private static ClassificationNetwork Network(string name) =>
        OnnxNetworks.Filled(Networks.Networks.Named(name) with { Classes = 10, InputSize = Side });

    private static float[] Pixels(int images) => [.. Enumerable.Range(0, images * 3 * Side * Side).Select(i => (float)(i * 7919L % 256))];

    [Fact]
    public void The_classifier_makes_the_logits_of_the_embedding()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = Network("resnet18");
        using var extractor = new FeatureExtractor(network, batchSize: 2);
        var pixels = Pixels(3);
        var features = new float[3 * extractor.Length];
        extractor.Extract(pixels, 3, features);

        Assert.Equal(new[] { 512 }, extractor.Shape.ToArray());
        var weights = network.state_dict();
        var logits = tensor(features).reshape(3, 512).matmul(weights["fc.weight"].t()) + weights["fc.bias"];
        Assert.True(logits.allclose(network.call(tensor(pixels).reshape(3, 3, Side, Side)), rtol: 1e-4, atol: 1e-4));
    }

    [Fact]
    public void The_maps_of_a_stage_are_what_its_blocks_give_one_after_the_other()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = Network("resnet18");
        network.eval();
        var pixels = tensor(Pixels(2)).reshape(2, 3, Side, Side);
        var norm = network.Specification.Normalization!;
        var x = ((pixels / 255) - tensor(norm.Mean.ToArray()).view(1, 3, 1, 1)) / tensor(norm.Std.ToArray()).view(1, 3, 1, 1);
        var children = network.named_children().ToDictionary(child => child.name, child => (Module<Tensor, Tensor>)child.module);
        x = functional.max_pool2d(functional.relu(children["bn1"].call(children["conv1"].call(x))), 3, stride: 2, padding: 1);
        for (var stage = 1; stage <= network.StageCount; stage++)
        {
            x = children[$"layer{stage}"].call(x);
            var maps = network.forward_stage(pixels, stage);
            Assert.True(maps.allclose(x, rtol: 1e-4, atol: 1e-4), $"stage {stage}");
            using var extractor = new FeatureExtractor(network, FeatureLayer.OfStage(stage));
            Assert.True(extractor.Extract(pixels).allclose(maps.mean([2, 3]), rtol: 1e-4, atol: 1e-4), $"stage {stage}, pooled");
        }

        Assert.Equal(4, network.StageCount);
    }

    [Theory]
    [InlineData("resnet18", null, true)]
    [InlineData("resnet18", 2, false)]
    [InlineData("resnet20", 1, true)]
    [InlineData("preact_resnet29", 2, false)]
    [InlineData("preact_resnet29", null, false)]
    [InlineData("densenet_bc40_12", null, true)]
    [InlineData("densenet_bc40_12", 2, false)]
    public void An_exported_layer_gives_the_same(string name, int? stage, bool pooled)
    {
        using var network = Network(name);
        var layer = new FeatureLayer { Stage = stage, Pooled = pooled };
        using var extractor = new FeatureExtractor(network, layer);
        var expected = new float[3 * extractor.Length];
        extractor.Extract(Pixels(3), 3, expected);

        using var stream = new MemoryStream();
        network.SaveFeaturesOnnx(stream, layer);
        using var session = new InferenceSession(stream.ToArray());
        Assert.Equal(extractor.Shape.Select(side => side), session.OutputMetadata["Features"].Dimensions);
        Close(expected, Run(session, Pixels(3), 3, "Features.Batch"));
        Close(expected[..extractor.Length], Run(session, Pixels(1), 1, "Features"));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using var network = Network("resnet20");
        Assert.Contains("no stage 4", Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureExtractor(network, FeatureLayer.OfStage(4))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureLayer.OfStage(0));
        using var extractor = new FeatureExtractor(network);
        Assert.Contains("room for 5", Assert.Throws<ArgumentException>(() => extractor.Extract(Pixels(1), 1, new float[5])).Message);
    }

    private static float[] Run(InferenceSession session, float[] pixels, int images, string output)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels.AsMemory(), [images, 3, Side, Side]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["input"], [input], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4 * scale);
    }
}
