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

    /// <summary>A new order of the images, whatever the one before.</summary>
    public void Shuffle(Random random)
    {
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        random.Shuffle(order);
    }

    /// <summary>As many images as before, drawn with replacement, from each of these groups as often.</summary>
    public void Draw(IReadOnlyList<int[]> groups, Random random)
    {
        for (var i = 0; i < count; i++)
        {
            var group = groups[random.Next(groups.Count)];
            order[i] = group[random.Next(group.Length)];
        }
    }

    /// <summary>The images of a batch, from 0.</summary>
    public ReadOnlySpan<int> this[int batch] =>
        order.AsSpan(batch * size, batch == Batches - 1 ? count - (batch * size) : size);
}
