using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.Tests.Core.Networks;

namespace ResNet.Tests.Core.Onnx;

/// <summary>Test-time augmentation and embeddings inside the file give what the scorer gives.</summary>
public class ViewsTests
{
    [Theory]
    [InlineData(TestTimeAugmentation.None, false)]
    [InlineData(TestTimeAugmentation.Flip, false)]
    [InlineData(TestTimeAugmentation.TenCrop, false)]
    [InlineData(TestTimeAugmentation.Flip, true)]
    public void The_files_views_are_the_scorers(TestTimeAugmentation augmentation, bool interleaved)
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        using var scorer = new Scorer(network, height: 19, width: 18) { TestTimeAugmentation = augmentation };
        var features = network.Specification.Features;
        var pixels = Enumerable.Range(0, 3 * scorer.ImageLength).Select(i => (float)(i * 7919 % 256)).ToArray();
        var (probabilities, embeddings) = (new float[3 * 4], new float[3 * features]);
        scorer.Score(pixels, 3, probabilities, embeddings);

        var signature = new OnnxSignature { Height = 19, Width = 18, Embedding = "Embedding", Layout = interleaved ? PixelLayout.Interleaved : PixelLayout.Planar };
        var file = OnnxNetworks.Bytes(network, new() { Signature = signature, TestTimeAugmentation = augmentation });
        Assert.Equal(augmentation, OnnxFile.Read(file, "file").Header.TestTimeAugmentation);
        Assert.Equal(signature, OnnxFile.Read(file, "file").Signature);
        using var session = new InferenceSession(OnnxFile.WithPlanarInput(file, signature, "file"));
        Close(probabilities, Run(3, "Probabilities"));
        Close(embeddings, Run(3, "Embedding.Batch"));
        Close(probabilities[..4], Run(1, "Score"));
        Close(embeddings[..features], Run(1, "Embedding"));
        var logits = Run(3, "Logits");
        if (augmentation == TestTimeAugmentation.None) Close(probabilities, [.. logits.Chunk(4).SelectMany(Softmax)]);

        float[] Run(int count, string output)
        {
            using var input = OrtValue.CreateTensorValueFromMemory(pixels[..(count * scorer.ImageLength)], [count, 3, 19, 18]);
            using var run = new RunOptions();
            using var results = session.Run(run, ["input"], [input], [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
    }

    [Fact]
    public void What_has_no_such_views_is_refused()
    {
        using var network = OnnxNetworks.Filled(GeneratedImages.TinyNetwork);
        OnnxExportOptions crops = new() { TestTimeAugmentation = TestTimeAugmentation.TenCrop };
        Assert.Contains("16×16", Assert.Throws<ArgumentException>(() => OnnxNetworks.Bytes(network, crops)).Message);
        Assert.Contains("AnySize", Assert.Throws<ArgumentException>(() => OnnxNetworks.Bytes(
            network, new() { TestTimeAugmentation = TestTimeAugmentation.Flip, Signature = new() { AnySize = true } })).Message);
        Assert.Contains("Embedding is empty", Assert.Throws<ArgumentException>(() => OnnxNetworks.Bytes(network, new() { Signature = new() { Embedding = "" } })).Message);
        Assert.Contains("'Score'", Assert.Throws<ArgumentException>(() => OnnxNetworks.Bytes(network, new() { Signature = new() { Embedding = "Score" } })).Message);
    }

    private static IEnumerable<float> Softmax(float[] logits)
    {
        var exponents = logits.Select(value => MathF.Exp(value - logits.Max())).ToArray();
        return exponents.Select(value => value / exponents.Sum());
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Max(1, Math.Abs(pair.First))), 0, 1e-4);
    }
}
