using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Puts a file's initializers into the network that its specification describes.</summary>
internal static class OnnxWeights
{
    /// <summary>The batch norms' counters are no part of what a network computes, so the files leave them out.</summary>
    private const string Counter = ".num_batches_tracked";

    public static void Load(ClassificationNetwork network, StateDict weights)
    {
        using var untracked = no_grad();
        foreach (var (key, tensor) in network.state_dict().Where(entry => !entry.Key.EndsWith(Counter, StringComparison.Ordinal)))
        {
            using var value = weights[key].ToTensor();
            tensor.copy_(value);
        }
    }
}
