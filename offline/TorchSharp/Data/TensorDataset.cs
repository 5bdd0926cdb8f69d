using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Item i is row i of every tensor.</summary>
public class TensorDataset : utils.data.IterableDataset
{
    private readonly Tensor[] tensors;

    internal TensorDataset(Tensor[] tensors)
    {
        if (tensors is null || tensors.Length == 0) throw new ArgumentNullException(nameof(tensors));
        if (tensors.Any(t => t.shape[0] != tensors[0].shape[0]))
            throw new ArgumentException("All tensors must have the same first dimension size.", nameof(tensors));
        this.tensors = [.. tensors.Select(t => Op.T("alias", "", t).DetachFromDisposeScope())];
    }

    public override long Count => tensors[0].shape[0];

    public IList<Tensor> this[long index] => [.. tensors.Select(t => Op.T("select", "int", t, 0L, index))];

    public override IList<Tensor> GetTensor(long index) => this[index];

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var tensor in tensors) tensor.Dispose();
    }
}
