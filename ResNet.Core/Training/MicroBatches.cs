namespace ResNet.Core;

/// <summary>Cuts a batch into parts that fit into memory: where one does not, the parts are halved from then on.</summary>
/// <param name="size">Most images a part, at first.</param>
internal sealed class MicroBatches(int size)
{
    /// <summary>Most images a part.</summary>
    public int Size { get; private set; } = size;

    /// <summary>Does the work of a batch, in parts of nearly the same size; from the start again with smaller ones where memory ran out.</summary>
    /// <param name="images">Images of the batch.</param>
    /// <param name="start">Called before the first part.</param>
    /// <param name="part">Called with the first image of a part and their number.</param>
    public void Run(long images, Action start, Action<long, long> part)
    {
        while (true)
        {
            try
            {
                start();
                var parts = (images + Size - 1) / Size;
                for (var i = 0; i < parts; i++)
                {
                    var first = images * i / parts;
                    part(first, (images * (i + 1) / parts) - first);
                }

                return;
            }
            catch (Exception error) when (IsOutOfMemory(error) && Math.Min(Size, images) > 1)
            {
                Size = (int)(Math.Min(Size, images) + 1) / 2;
            }
        }
    }

    // libtorch has no type of its own for it that reaches .NET: CUDA's allocator says "out of memory", the CPU's "not enough memory".
    private static bool IsOutOfMemory(Exception error) =>
        error is OutOfMemoryException
        || error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);
}
