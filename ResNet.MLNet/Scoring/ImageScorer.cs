namespace ResNet.MLNet.Scoring;

/// <summary>The model as cursors and rows see it: planar pixels of one shape in, as many values an image out for each output. Makes its engine at
/// the first scoring. Thread-safe but for Dispose.</summary>
/// <param name="shape">The shape of the images.</param>
/// <param name="outputs">How many values an image gets from each of the engine's outputs.</param>
/// <param name="options">How many images in one pass, and what is said of those that cannot be read.</param>
/// <param name="makeEngine">Makes what runs the network.</param>
/// <param name="model">What is disposed after the engine.</param>
/// <param name="name">What the model is called in errors.</param>
internal sealed class ImageScorer(ImageShape shape, int[] outputs, ScoringOptions options, Func<IScoringEngine> makeEngine, IDisposable model, string name) : IDisposable
{
    private readonly Lazy<IScoringEngine> _engine = new(makeEngine);
    private volatile bool _disposed;

    public ImageShape Shape => shape;

    public int BatchSize => options.BatchSize;

    /// <summary>Whether a row without a readable image gets NaN; else it is an error.</summary>
    public bool AllowsUnreadable => options.UnreadableImages == UnreadableScorePolicy.NaN;

    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>Room for the values of so many images.</summary>
    public float[][] Room(int images) => [.. outputs.Select(length => new float[images * length])];

    /// <summary>Writes the values of the first <paramref name="count"/> images;
    /// <paramref name="row"/> is the first one's position, for errors; null where they are no rows.</summary>
    public void Score(Memory<float> pixels, int count, float[][] values, long? row = null)
    {
        CheckUsable();
        try
        {
            Run(pixels[..(count * Shape.Size)], count, values);
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            var what = row is null ? "Running the network" : count == 1 ? $"Scoring row {row} (from 0)" : $"Scoring the {count} rows from row {row} (from 0)";
            throw new InvalidOperationException($"{what} failed: {error.Message}", error);
        }
    }

    /// <summary>Makes the engine and runs a black image through it.</summary>
    public void WarmUp() => Score(new float[Shape.Size], 1, Room(1));

    private void Run(Memory<float> pixels, int count, float[][] values)
    {
        var parts = new Memory<float>[values.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = values[i].AsMemory(0, count * outputs[i]);
        _engine.Value.Score(pixels, count, parts);
    }

    public void CheckUsable()
    {
        if (_disposed)
            throw new ObjectDisposedException(
                name, "The model has been disposed. A PredictionEngine disposes its model with itself, unless PredictionEngineOptions.OwnsTransformer is false.");
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (_engine.IsValueCreated) _engine.Value.Dispose();
        model.Dispose();
    }
}
