namespace ResNet.Core;

/// <summary>
/// Cuts an order of images into batches of one size; the last may be smaller. A last batch of a single image, whose
/// statistics batch norm could not use, joins the one before.
/// </summary>
internal sealed class BatchPlan(int count, int size)
{
    private readonly int[] order = [.. Enumerable.Range(0, count)];

    /// <summary>Number of batches.</summary>
    public int Batches { get; } = size > 1 && count > size && count % size == 1 ? count / size : (count + size - 1) / size;

    /// <summary>A new order of the images.</summary>
    public void Shuffle(Random random) => random.Shuffle(order);

    /// <summary>The images of a batch, from 0.</summary>
    public ReadOnlySpan<int> this[int batch] =>
        order.AsSpan(batch * size, batch == Batches - 1 ? count - (batch * size) : size);
}
