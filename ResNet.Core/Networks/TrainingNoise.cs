using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// A network's own randomness while it trains: dropout and stochastic depth. A run that sets seed and step before each
/// step repeats exactly, also from its middle.
/// </summary>
internal sealed class TrainingNoise(int? seed)
{
    private Random? random = seed is null ? null : new Random(seed.Value);

    // Without a seed torch's generator decides, as for the weights.
    private Random Random => random ??= new Random(FromTorch());

    /// <summary>From here on, what is drawn depends on these two alone.</summary>
    public void Start(int seed, long step) => random = new Random(unchecked((seed * 0x01000193) ^ (int)(step * 0x61C88647)));

    /// <summary>A seed for another generator.</summary>
    public int NextSeed() => Random.Next();

    /// <summary>true with that probability, 0..1.</summary>
    public bool Draw(double probability) => probability >= 1 || Random.NextDouble() < probability;

    /// <summary>x with each value zeroed with that probability, the others scaled up to keep the mean.</summary>
    public Tensor Dropout(Tensor x, double probability)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)Random.NextInt64(), x.device);
        // Drawn in the order of memory, which on the CPU is N×H×W×C.
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var mask = rand([n, h, w, c], device: x.device, generator: generator).ge(probability).permute(0, 3, 1, 2);
        return (x * mask).div_(1 - probability).MoveToOuterDisposeScope();
    }

    private static int FromTorch()
    {
        using var drawn = randint(int.MaxValue, new long[] { 1 });
        return (int)drawn.item<long>();
    }
}
