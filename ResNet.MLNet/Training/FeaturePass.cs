using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Scoring;
using static TorchSharp.torch;

namespace ResNet.MLNet.Training;

/// <summary>
/// One pass of a network's backbone over a view's images, in whole batches, while another thread reads the next ones. Features that the
/// cache has are not computed; the others are added to it. Pixels are not kept.
/// </summary>
internal sealed class FeaturePass : IDisposable
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(10);

    private readonly ResNetTrainerOptions _options;
    private readonly ImageShape _shape;
    private readonly TrainingLog _log;
    private readonly int _length;
    private readonly bool _normalizes;
    private readonly FeatureCache? _cache;
    private readonly Lazy<IScoringEngine> _engine;

    public FeaturePass(ResNetTrainerOptions options, ClassificationNetwork network, ImageShape shape, TrainingLog log)
    {
        (_options, _shape, _log, _length) = (options, shape, log, network.Specification.Features);
        _normalizes = network.Specification.Normalization is not null;
        var (scoring, layer) = (options.Scoring, FeatureLayer.Embedding);
        var engine = ScoringEngines.IsOnnxRuntime(scoring) ? "ONNX Runtime" : $"TorchSharp on {DeviceSelection.Parse(scoring.Device)}";
        if (options.ReuseFeatures)
            _cache = new(options.WorkspacePath, FeatureKey.OfBackbone(network, layer, shape.Height, shape.Width, engine), _length);
        // Not made at all where the cache has everything.
        _engine = new(() =>
        {
            log.Info($"Features by {engine}");
            return ScoringEngines.Features(network, layer, _length, shape, scoring);
        });
    }

    /// <summary>The features of each row's views.</summary>
    /// <param name="view">The view.</param>
    /// <param name="unreadable">What becomes of rows without a readable image: those left out have no views.</param>
    /// <param name="label">The label column.</param>
    /// <param name="labels">The labels as they were read before, for comparison.</param>
    /// <param name="views">What is made of each image.</param>
    public float[][][] Run(IDataView view, UnreadableRows unreadable, LabelColumn label, IReadOnlyList<ClassShare[]> labels, ImageViews views)
    {
        var pixels = PixelColumn.Of(view.Schema, _options.FeatureColumnName, _shape);
        return pixels.NamingTheRow(view, _options.CancellationToken, () => Run(view, pixels, unreadable, label, labels, views));
    }

    private float[][][] Run(
        IDataView view, PixelColumn pixels, UnreadableRows unreadable, LabelColumn label, IReadOnlyList<ClassShare[]> labels, ImageViews views)
    {
        var features = new float[labels.Count][][];
        using var cursor = pixels.Open(view, unreadable.Skips, Columns.Find(view.Schema, label.Name, "label"));
        Run(Images(cursor, pixels, unreadable, label, labels, views, features), features);
        unreadable.Report(labels, [.. labels.Where((_, row) => features[row].Length > 0)], label, _log);
        return features;
    }

    /// <summary>The features of each image's views.</summary>
    /// <param name="images">The images.</param>
    /// <param name="views">What is made of each.</param>
    public float[][][] Run(IImageDataset images, ImageViews views)
    {
        var features = new float[images.Count][][];
        Run(Images(images, views, features), features);
        return features;
    }

    // Fills in the arrays that come with the images.
    private void Run(IEnumerable<(int Row, ReadOnlyMemory<float> Image, float[] Features)> source, float[][][] features)
    {
        using var images = source.GetEnumerator();
        var range = (Low: float.PositiveInfinity, High: float.NegativeInfinity);
        var (clock, reported, computed) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
        var values = new float[_options.ScoringBatchSize * _length];
        var (batch, spare) = (new Batch(_options.ScoringBatchSize, _shape.Size), new Batch(_options.ScoringBatchSize, _shape.Size));
        Fill(batch, measure: true);
        TrainingData.CheckRange(range.Low, range.High, _normalizes);
        while (batch.Items.Count > 0)
        {
            var next = Task.Run(() => Fill(spare, measure: false));
            try
            {
                Compute(batch, values);
            }
            finally
            {
                // The reader must have ended before the cursor is closed; its own error comes below.
                Task.WaitAny(next);
            }
            next.GetAwaiter().GetResult();
            computed += batch.Items.Count;
            (batch, spare) = (spare, batch);
            if (clock.Elapsed - reported < BetweenReports) continue;
            reported = clock.Elapsed;
            _log.Info($"Features of {spare.Row + 1} of {features.Length} images, {computed / clock.Elapsed.TotalSeconds:0} images/s");
        }
        var total = features.Sum(row => row?.Length ?? throw Changed());
        _log.Info($"Features of {total} images in {clock.Elapsed.TotalSeconds:0.0} s: {computed} computed, {total - computed} from the cache");

        // Reads on until there are so many images that the cache does not have.
        void Fill(Batch batch, bool measure)
        {
            batch.Items.Clear();
            while (batch.Items.Count < batch.Size && images.MoveNext())
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                var (row, image, target) = images.Current;
                if (measure) foreach (var value in image.Span) range = (Math.Min(range.Low, value), Math.Max(range.High, value));
                var key = _cache is null ? default : FeatureKey.OfImage(image.Span);
                batch.Row = row;
                if (_cache is null || !_cache.TryGet(key, target)) batch.Add(image.Span, key, target);
            }
        }
    }

    public void Dispose()
    {
        if (_engine.IsValueCreated) _engine.Value.Dispose();
        _cache?.Dispose();
        if (_cache?.Problem is { } problem) _log.Warning(problem);
    }

    private void Compute(Batch batch, float[] values)
    {
        var count = batch.Items.Count;
        _engine.Value.Score(batch.Pixels.AsMemory(0, count * _shape.Size), count, values.AsMemory(0, count * _length));
        for (var i = 0; i < count; i++)
        {
            var (key, target) = batch.Items[i];
            values.AsSpan(i * _length, _length).CopyTo(target);
            _cache?.Add(key, target);
        }
    }

    private IEnumerable<(int Row, ReadOnlyMemory<float> Image, float[] Features)> Images(
        DataViewRowCursor cursor, PixelColumn pixels, UnreadableRows unreadable, LabelColumn label, IReadOnlyList<ClassShare[]> labels, ImageViews views, float[][][] features)
    {
        var (readPixels, readLabel) = (pixels.Reader(cursor), label.Reader(cursor));
        var image = new float[_shape.Size];
        for (var row = 0; cursor.MoveNext(); row++)
        {
            if (row >= labels.Count || !labels[row].AsSpan().SequenceEqual(readLabel())) throw Changed();
            if (!readPixels.TryRead(out var problem))
            {
                unreadable.Add(cursor.Position, problem);
                features[row] = [];
                continue;
            }
            readPixels.Pixels.CopyTo(image);
            features[row] = new float[views.Count(row)][];
            var number = 0;
            foreach (var view in views.Of(row, image)) yield return (row, view, features[row][number++] = new float[_length]);
        }
    }

    private IEnumerable<(int Row, ReadOnlyMemory<float> Image, float[] Features)> Images(IImageDataset images, ImageViews views, float[][][] features)
    {
        var image = new float[_shape.Size];
        for (var row = 0; row < images.Count; row++)
        {
            using (var one = images.GetBatch([row]))
            using (var pixels = one.Pixels.to(ScalarType.Float32).contiguous())
                MemoryMarshal.Cast<byte, float>(pixels.bytes).CopyTo(image);
            features[row] = new float[views.Count(row)][];
            var number = 0;
            foreach (var view in views.Of(row, image)) yield return (row, view, features[row][number++] = new float[_length]);
        }
    }

    private static InvalidOperationException Changed() => new(
        "The view gave other rows when it was read again: training reads the labels first and the images then. Put ml.Data.Cache between, or make the view give the same rows each time.");

    // Images to be computed, and where their features go.
    private sealed class Batch(int size, int imageSize)
    {
        public int Size => size;

        public float[] Pixels { get; } = new float[size * imageSize];

        public List<(FeatureKey Key, float[] Target)> Items { get; } = [];

        public int Row { get; set; }

        public void Add(ReadOnlySpan<float> image, FeatureKey key, float[] target)
        {
            image.CopyTo(Pixels.AsSpan(Items.Count * imageSize));
            Items.Add((key, target));
        }
    }
}
