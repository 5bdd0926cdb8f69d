namespace ResNet.MLNet.Scoring;

/// <summary>Runs a network on batches of images. Thread-safe but for Dispose.</summary>
internal interface IScoringEngine : IDisposable
{
    /// <summary>The values of some images: probabilities, or features.</summary>
    /// <param name="pixels">count images, each channel by channel, values 0..255 where the network normalises.</param>
    /// <param name="count">Number of images, from 1.</param>
    /// <param name="values">Receives them, for each of the engine's outputs an image after the other.</param>
    void Score(Memory<float> pixels, int count, params ReadOnlySpan<Memory<float>> values);
}
