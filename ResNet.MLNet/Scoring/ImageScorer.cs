using ResNet.Core;

namespace ResNet.MLNet.Scoring;

/// <summary>The model as cursors and rows see it: planar pixels of one shape in, probabilities out. Thread-safe but for Dispose.</summary>
internal sealed class ImageScorer(ClassificationNetwork network, ImageShape shape, int batchSize) : IDisposable
{
    private readonly Scorer _scorer = new(network, batchSize, shape.Height, shape.Width, ownsNetwork: true);
    private volatile bool _disposed;

    public ImageShape Shape => shape;

    public int BatchSize => batchSize;

    public int Classes => network.Specification.Classes;

    /// <summary>Writes the probabilities of the first <paramref name="count"/> images;
    /// <paramref name="row"/> is the first one's position, for errors.</summary>
    public void Score(ReadOnlySpan<float> pixels, int count, Span<float> probabilities, long row)
    {
        CheckUsable();
        try
        {
            _scorer.Score(pixels, count, probabilities[..(count * Classes)]);
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            var rows = count == 1 ? $"row {row}" : $"the {count} rows from row {row}";
            throw new InvalidOperationException($"Scoring {rows} (from 0) failed: {error.Message}", error);
        }
    }

    public void CheckUsable()
    {
        if (_disposed)
            throw new ObjectDisposedException(
                nameof(ResNetClassificationTransformer),
                "The model has been disposed. A PredictionEngine disposes its model with itself, unless PredictionEngineOptions.OwnsTransformer is false.");
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _scorer.Dispose();
    }
}
