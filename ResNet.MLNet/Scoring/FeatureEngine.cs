using ResNet.Core;

namespace ResNet.MLNet.Scoring;

/// <summary>Features by TorchSharp, on the device of the network.</summary>
internal sealed class FeatureEngine(FeatureExtractor extractor) : IScoringEngine
{
    public void Score(Memory<float> pixels, int count, params ReadOnlySpan<Memory<float>> values) =>
        extractor.Extract(pixels.Span, count, values[0].Span);

    public void Dispose() => extractor.Dispose();
}
