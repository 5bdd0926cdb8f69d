using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Samples;

/// <summary>A network of four blocks in two stages, small enough to list its 16 paths, with batch norms that are not trivial.</summary>
internal static class TinyChain
{
    public static ResidualNetwork Network(ShortcutOption shortcut = ShortcutOption.A)
    {
        var network = new ResNetSpecification
        {
            Name = "tiny",
            Stem = StemKind.Cifar,
            Stages = [2, 2],
            Width = 4,
            Shortcut = shortcut,
            Classes = 3,
            InputChannels = 1,
            InputSize = 8,
            Normalization = Normalization.Centered(1),
        }.Create(seed: 7);
        // A few passes in training mode give the running statistics figures of their own.
        using var untracked = no_grad();
        network.train();
        for (var i = 0; i < 5; i++)
        {
            using var logits = network.call(Pixels(seed: i));
        }

        network.eval();
        return network;
    }

    public static ImageBatch Batch() => new(Pixels(seed: 9), tensor(new long[] { 0, 1, 2, 0, 1, 2 }));

    private static Tensor Pixels(int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, 6 * 64).Select(_ => (float)(255 * random.NextDouble())).ToArray()).view(6, 1, 8, 8);
    }
}
