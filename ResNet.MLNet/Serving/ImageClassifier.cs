using System.Threading.Channels;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;
using ResNet.MLNet.Scoring;
using ResNet.MLNet.Serving;

namespace ResNet.MLNet;

/// <summary>
/// Classifies images for many callers at once, as those of a web app: requests that come close together pass through the network as one
/// batch. Each image is decoded, turned upright by EXIF and prepared as the model wants it (as <see cref="PrepareImagesMode.Exact"/>
/// does) on a thread of its own, before and while others are scored.
/// </summary>
/// <remarks>
/// <para>An image that cannot be read is the error of its own request alone.</para>
/// <para>Thread safety: all members can be used from several threads at once. One classifier serves a whole app; it holds no request longer than
/// <see cref="ImageClassifierOptions.MaxDelay"/> for the sake of others.</para>
/// </remarks>
public sealed class ImageClassifier : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _labels;
    private readonly ImageScorer _scorer;
    private readonly PhotoPixels _pixels;
    private readonly int _queueLength;
    private readonly SemaphoreSlim _room;
    private readonly Channel<ImageRequest> _queue = Channel.CreateUnbounded<ImageRequest>(new() { SingleReader = true });
    private readonly BatchGatherer _gatherer;
    private readonly Task _scoring;
    private int _closing;

    /// <summary>Makes a classifier; the network is loaded by the first request, or by <c>model.WarmUp()</c>.</summary>
    /// <param name="model">A trained model, what <c>ml.Model.LoadResNet</c> returned, or a chain with exactly one
    /// <see cref="ResNetClassificationTransformer"/> in it. It stays the caller's and must live longer than the classifier. Nothing of a chain
    /// but the network is run.</param>
    /// <param name="options">How requests are gathered; null: the defaults.</param>
    /// <exception cref="ArgumentException">There is not one such model, or nobody says how photos are prepared for it, or they are prepared to
    /// another size than the model takes.</exception>
    public ImageClassifier(ITransformer model, ImageClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        var classifier = All(model).ToArray() is [var only]
            ? only
            : throw new ArgumentException("The model must hold one ResNetClassificationTransformer: load a model.zip with ml.Model.LoadResNet.", nameof(model));
        var preprocessing = options.Preprocessing ?? classifier.Preprocessing ?? throw new ArgumentException(
            $"The model does not say how a photo becomes its input of {classifier.ImageShape}; set {nameof(ImageClassifierOptions)}.{nameof(options.Preprocessing)}, " +
            "as Preprocessing.Square(64).", nameof(options));
        _pixels = new(preprocessing);
        if (_pixels.Shape != classifier.ImageShape)
            throw new ArgumentException($"Photos are prepared as {_pixels.Shape}, but the model takes {classifier.ImageShape}. Correct the preprocessing's Crop.", nameof(options));

        (_labels, _scorer, _queueLength) = (classifier.LabelNames, classifier.Scorer, options.QueueLength);
        _room = new(_queueLength, _queueLength);
        _gatherer = new(_queue.Reader, options.BatchSize, options.MaxDelay, () => _queueLength - _room.CurrentCount);
        _scoring = Task.Run(ScoreAsync);
    }

    private delegate void Read(Span<float> planes);

    /// <summary>Classifies an image file.</summary>
    /// <param name="path">A JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="cancellationToken">Gives this request up.</param>
    /// <returns>What the model says.</returns>
    /// <exception cref="InvalidDataException">The file can't be used; the message names it and says why.</exception>
    /// <exception cref="ObjectDisposedException">The classifier, or its model, has been disposed of.</exception>
    public Task<ImagePrediction> PredictAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PredictAsync(planes => _pixels.ReadFile(path, planes), cancellationToken);
    }

    /// <summary>Classifies an image file's bytes, as an upload's.</summary>
    /// <param name="file">A JPEG, PNG, GIF, BMP or WebP file; not to be changed before the task ends.</param>
    /// <param name="name">What it is called in errors. Default "The image".</param>
    /// <param name="cancellationToken">Gives this request up.</param>
    /// <returns>What the model says.</returns>
    /// <exception cref="InvalidDataException">The bytes can't be used; the message says why.</exception>
    /// <exception cref="ObjectDisposedException">The classifier, or its model, has been disposed of.</exception>
    public Task<ImagePrediction> PredictAsync(ReadOnlyMemory<byte> file, string name = "The image", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return PredictAsync(planes => _pixels.ReadBytes(file, name, planes), cancellationToken);
    }

    /// <summary>Classifies a decoded image, as it lies.</summary>
    /// <param name="image">The image; it stays the caller's and must live until the task ends.</param>
    /// <param name="cancellationToken">Gives this request up.</param>
    /// <returns>What the model says.</returns>
    /// <exception cref="InvalidDataException">The image has been disposed of.</exception>
    /// <exception cref="ObjectDisposedException">The classifier, or its model, has been disposed of.</exception>
    public Task<ImagePrediction> PredictAsync(MLImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PredictAsync(planes => _pixels.ReadImage(image, "The image", planes), cancellationToken);
    }

    /// <summary>Takes no more requests and ends when all that were made have their answers. The model stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            // With all places taken, nobody is under way.
            for (var i = 0; i < _queueLength; i++) await _room.WaitAsync().ConfigureAwait(false);
            _queue.Writer.Complete();
            // Whoever came in between finds the queue closed.
            _room.Release(_queueLength);
        }
        await _scoring.ConfigureAwait(false);
    }

    private async Task<ImagePrediction> PredictAsync(Read read, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing != 0, this);
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var request = await Task.Run(() => Decoded(read, cancellation), cancellation).ConfigureAwait(false);
            if (!_queue.Writer.TryWrite(request))
            {
                request.Free();
                throw new ObjectDisposedException(nameof(ImageClassifier));
            }
            return await request.Done.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    private ImageRequest Decoded(Read read, CancellationToken cancellation)
    {
        var request = new ImageRequest(_pixels.Shape.Size, cancellation);
        try
        {
            read(request.Planes);
            return request;
        }
        catch
        {
            request.Free();
            throw;
        }
    }

    private async Task ScoreAsync()
    {
        float[] pixels = [];
        float[][] values = [];
        while (await _gatherer.NextAsync().ConfigureAwait(false) is { Count: > 0 } batch)
        {
            var wanted = batch.Where(request => !request.IsCancelled).ToArray();
            try
            {
                if (wanted.Length == 0) continue;
                var size = _pixels.Shape.Size;
                if (pixels.Length < wanted.Length * size) (pixels, values) = (new float[wanted.Length * size], _scorer.Room(wanted.Length));
                for (var i = 0; i < wanted.Length; i++) wanted[i].Planes.CopyTo(pixels.AsSpan(i * size));
                _scorer.Score(pixels, wanted.Length, values);
                for (var i = 0; i < wanted.Length; i++)
                    wanted[i].Complete(ImagePrediction.Of(values[0].AsSpan(i * _labels.Count, _labels.Count), _labels));
            }
            catch (Exception error)
            {
                // Those that have their answer keep it.
                foreach (var request in wanted) request.Fail(error);
            }
            finally
            {
                foreach (var request in batch) request.Free();
            }
        }
    }

    private static IEnumerable<ResNetClassificationTransformer> All(ITransformer model) => model switch
    {
        ResNetClassificationTransformer classifier => [classifier],
        IEnumerable<ITransformer> chain => chain.SelectMany(All),
        _ => [],
    };
}
