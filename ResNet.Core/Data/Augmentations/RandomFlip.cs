using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Mirrors images left to right.</summary>
internal sealed class RandomFlip(double probability) : IAugmentation
{
    private readonly double probability = OptionCheck.Share(probability, nameof(probability));

    public Tensor Apply(Tensor pixels, Random random)
    {
        var mirrored = new bool[pixels.shape[0]];
        for (var i = 0; i < mirrored.Length; i++)
        {
            mirrored[i] = random.NextDouble() < probability;
        }

        using var scope = NewDisposeScope();
        return where(tensor(mirrored, device: pixels.device).view(-1, 1, 1, 1), pixels.flip(3), pixels).MoveToOuterDisposeScope();
    }

    public override string ToString() => FormattableString.Invariant($"flip ({probability})");
}
