using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Networks;

namespace ResNet.Tests.Core.Onnx;

/// <summary>A file's outline has its inputs and outputs, and nothing of its weight.</summary>
public class OutlineTests
{
    [Theory]
    [InlineData(false, PixelLayout.Planar, false)]
    [InlineData(true, PixelLayout.Interleaved, false)]
    [InlineData(false, PixelLayout.Interleaved, true)]
    public void Inputs_and_outputs_are_the_files(bool bytes, PixelLayout layout, bool anySize)
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        var file = OnnxNetworks.Bytes(network, new()
        {
            Signature = new() { Bytes = bytes, Layout = layout, AnySize = anySize, Height = 20, Width = 12, Score = "Scores" },
            Labels = OnnxNetworks.Labels(GeneratedImages.Classes),
        });
        var outline = OnnxOutline.Of(OnnxFile.ReadHeader(() => new MemoryStream(file), "file"));
        Assert.InRange(outline.Length, 100, 2_000);
        using InferenceSession whole = new(file), light = new(outline);
        Assert.Equal(Described(whole.InputMetadata), Described(light.InputMetadata));
        Assert.Equal(Described(whole.OutputMetadata), Described(light.OutputMetadata));
    }

    private static string[] Described(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        [.. nodes.Select(node => $"{node.Key}: {node.Value.ElementType} [{string.Join(", ", node.Value.Dimensions)}] [{string.Join(", ", node.Value.SymbolicDimensions)}]").Order()];
}
