using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Scoring;
using static TorchSharp.torch;

namespace ResNet.MLNet.Embeddings;

/// <summary>Embeddings of inputs of one kind, in whole batches, while the next ones are decoded.</summary>
internal sealed class ImageEmbeddings<TInput> : IDisposable
    where TInput : class
{
    private readonly InputReader<TInput> _read = InputReader.For<TInput>();
    private readonly PhotoPixels _pixels;
    private readonly bool _ownsNetwork;
    private readonly int _batchSize;
    private readonly Lazy<IScoringEngine> _engine;
    private volatile bool _disposed;

    public ImageEmbeddings(
        Func<Device, ClassificationNetwork> network, bool ownsNetwork, Preprocessing preprocessing, FeatureLayer layer, ScoringOptions scoring)
    {
        (_pixels, _ownsNetwork, _batchSize) = (new(preprocessing), ownsNetwork, scoring.BatchSize);
        Network = network(DeviceSelection.Parse(scoring.Device));
        try
        {
            Length = FeatureExtractor.ShapeOf(Network, layer, preprocessing.Crop, preprocessing.Crop).Aggregate(1, (product, side) => checked(product * side));
            Network.Specification.CheckImages(3, preprocessing.Crop, preprocessing.Crop);
        }
        catch
        {
            if (ownsNetwork) Network.Dispose();
            throw;
        }
        _engine = new(() => ScoringEngines.Features(Network, layer, Length, _pixels.Shape, scoring));
    }

    public ClassificationNetwork Network { get; }

    public int Length { get; }

    public async Task<float[][]> ComputeAsync(TInput[] inputs, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(ImageEmbeddingGenerator<TInput>));
        var result = new float[inputs.Length][];
        if (inputs.Length == 0) return result;
        var size = Math.Min(_batchSize, inputs.Length);
        var (now, next) = (new float[size * _pixels.Shape.Size], inputs.Length > size ? new float[size * _pixels.Shape.Size] : []);
        var values = new float[size * Length];
        var decoding = Task.Run(() => Decode(inputs, 0, now, cancellation), cancellation);
        for (var first = 0; first < inputs.Length; first += size)
        {
            await decoding.ConfigureAwait(false);
            var (start, target, count) = (first + size, next, Math.Min(size, inputs.Length - first));
            if (start < inputs.Length) decoding = Task.Run(() => Decode(inputs, start, target, cancellation), cancellation);
            try
            {
                _engine.Value.Score(now.AsMemory(0, count * _pixels.Shape.Size), count, values.AsMemory(0, count * Length));
            }
            catch
            {
                // Nobody is left decoding into what the caller thinks is over.
                await ((Task)decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
            for (var i = 0; i < count; i++) result[first + i] = values.AsSpan(i * Length, Length).ToArray();
            (now, next) = (next, now);
        }
        return result;
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_engine.IsValueCreated) _engine.Value.Dispose();
        if (_ownsNetwork) Network.Dispose();
    }

    // Of several inputs that cannot be read, the first one is told of.
    private void Decode(TInput[] inputs, int first, float[] planes, CancellationToken cancellation)
    {
        var count = Math.Min(planes.Length / _pixels.Shape.Size, inputs.Length - first);
        var errors = new InvalidDataException?[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                _read(_pixels, inputs[first + i], planes.AsSpan(i * _pixels.Shape.Size, _pixels.Shape.Size));
            }
            catch (InvalidDataException error)
            {
                errors[i] = new($"Input {first + i} (from 0): {error.Message}", error);
            }
        });
        if (errors.FirstOrDefault(error => error is not null) is { } unreadable) throw unreadable;
    }
}
