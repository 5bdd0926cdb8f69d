using ResNet.Core;

namespace ResNet.MLNet.Scoring;

/// <summary>Scores on the device of a network that stays its owner's; with embeddings where there is a second output.</summary>
internal sealed class TorchSharpEngine(ClassificationNetwork network, ImageShape shape, OutputActivation activation, int batchSize, TestTimeAugmentation augmentation) : IScoringEngine
{
    private readonly Scorer _scorer = new(network, batchSize, shape.Height, shape.Width) { TestTimeAugmentation = augmentation, Activation = activation };

    public void Score(Memory<float> pixels, int count, params ReadOnlySpan<Memory<float>> values)
    {
        if (values.Length == 1) _scorer.Score(pixels.Span, count, values[0].Span);
        else _scorer.Score(pixels.Span, count, values[0].Span, values[1].Span);
    }

    public void Dispose() => _scorer.Dispose();
}
