using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The indices in random order, another one each time unless there is a seed. The draws are those of the package, so that a seed gives its order.</summary>
public class FisherYatesShuffler : IEnumerable<long>
{
    private readonly long size;
    private readonly int? seed;

    public FisherYatesShuffler(long size, int? seed = null) => (this.size, this.seed) = (size, seed);

    public IEnumerator<long> GetEnumerator()
    {
        var random = seed is { } s ? new Random(s) : new Random();
        var order = new long[size];
        for (var i = 0L; i < size; i++)
        {
            var j = unchecked(((long)random.Next() << 32) + (uint)random.Next()) % (i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return ((IEnumerable<long>)order).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
