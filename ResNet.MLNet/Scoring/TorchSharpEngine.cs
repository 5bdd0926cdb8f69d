using ResNet.Core;

namespace ResNet.MLNet.Scoring;

/// <summary>Scores on the device of a network that stays its owner's.</summary>
internal sealed class TorchSharpEngine(ClassificationNetwork network, ImageShape shape, int batchSize) : IScoringEngine
{
    private readonly Scorer _scorer = new(network, batchSize, shape.Height, shape.Width);

    public void Score(Memory<float> pixels, int count, Memory<float> values) => _scorer.Score(pixels.Span, count, values.Span);

    public void Dispose() => _scorer.Dispose();
}
