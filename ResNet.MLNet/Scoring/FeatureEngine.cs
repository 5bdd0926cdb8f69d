using ResNet.Core;

namespace ResNet.MLNet.Scoring;

/// <summary>Features by TorchSharp, on the device of the network.</summary>
internal sealed class FeatureEngine(FeatureExtractor extractor) : IScoringEngine
{
    public void Score(Memory<float> pixels, int count, Memory<float> values) => extractor.Extract(pixels.Span, count, values.Span);

    public void Dispose() => extractor.Dispose();
}
