using System.Buffers;

namespace ResNet.MLNet.Serving;

/// <summary>One image on its way through an <see cref="ImageClassifier"/>.</summary>
internal sealed class ImageRequest(int size, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ImagePrediction> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly float[] _planes = ArrayPool<float>.Shared.Rent(size);

    public Span<float> Planes => _planes.AsSpan(0, size);

    public Task<ImagePrediction> Done => _done.Task;

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    public void Complete(ImagePrediction prediction) => _done.TrySetResult(prediction);

    public void Fail(Exception error) => _done.TrySetException(error);

    /// <summary>Gives the pixels' memory back; called once, by whoever has the request then.</summary>
    public void Free() => ArrayPool<float>.Shared.Return(_planes);
}
