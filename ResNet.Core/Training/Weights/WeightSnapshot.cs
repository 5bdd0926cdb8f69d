using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>A copy of a module's parameters and buffers, on its device. It does not own the module.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Tensor[] live;
    private readonly Tensor[] copies;
    private readonly string[] names;

    public WeightSnapshot(Module module)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        (names, live) = NamedWeights.Of(module);
        copies = [.. live.Select(tensor => tensor.clone().DetachFromDisposeScope())];
    }

    /// <summary>Takes the module's weights as they are now.</summary>
    public void Take() => Copy(from: live, to: copies);

    /// <summary>Gives the module the weights as they were.</summary>
    public void Restore() => Copy(from: copies, to: live);

    /// <summary>The copies by name; live.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Named => names.Zip(copies);

    public void Dispose() => Array.ForEach(copies, copy => copy.Dispose());

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (source, target) in from.Zip(to))
        {
            target.copy_(source);
        }
    }
}
