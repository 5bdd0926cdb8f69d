using ResNet.Core;
using ResNet.MLNet.Saving;
using TorchSharp;

namespace ResNet.MLNet.Scoring;

/// <summary>The model as cursors and rows see it: planar pixels of one shape in, probabilities out. Makes its engine at the
/// first scoring. Thread-safe but for Dispose.</summary>
internal sealed class ImageScorer : IDisposable
{
    private readonly TrainedModel _model;
    private readonly ScoringOptions _options;
    private readonly Lazy<IScoringEngine> _engine;
    private volatile bool _disposed;

    public ImageScorer(TrainedModel model, ImageShape shape, ScoringOptions options)
    {
        (_model, Shape, _options) = (model, shape, options);
        _engine = new(MakeEngine);
    }

    public ImageShape Shape { get; }

    public int BatchSize => _options.BatchSize;

    public int Classes => _model.Specification.Classes;

    /// <summary>Writes the probabilities of the first <paramref name="count"/> images;
    /// <paramref name="row"/> is the first one's position, for errors.</summary>
    public void Score(Memory<float> pixels, int count, Memory<float> probabilities, long row)
    {
        CheckUsable();
        try
        {
            _engine.Value.Score(pixels[..(count * Shape.Size)], count, probabilities[..(count * Classes)]);
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
        if (_engine.IsValueCreated) _engine.Value.Dispose();
        _model.Dispose();
    }

    private IScoringEngine MakeEngine()
    {
        var onGpu = _options.Engine != ScoringEngine.OnnxRuntime && DeviceSelection.Parse(_options.Device).type != DeviceType.CPU;
        if (_options.Engine == ScoringEngine.TorchSharp || onGpu)
            return new TorchSharpEngine(_model.Network, Shape, BatchSize);
        var (bytes, signature) = _model.ForScoring(Shape);
        return new OnnxRuntimeEngine(bytes, signature, Shape, Classes, _options.Threads);
    }
}
