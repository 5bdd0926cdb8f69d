using static TorchSharp.torch;

namespace Experiments;

/// <summary>Test errors of a trained network whose blocks are left out or in another order.</summary>
internal sealed class ChainErrors(ResidualChain chain, ImageData data, CancellationToken cancel)
{
    /// <summary>Share of the test images that are classified wrongly, 0..1.</summary>
    public double Whole() => Error(x => chain.Forward(x, _ => BlockPart.Whole));

    /// <summary>The same with those blocks left out.</summary>
    public double Without(params int[] blocks) => Error(x => chain.Forward(x, i => blocks.Contains(i) ? BlockPart.Deleted : BlockPart.Whole));

    /// <summary>The same with the blocks in another order.</summary>
    public double InOrder(IReadOnlyList<ChainBlock> order) => Error(x => chain.Forward(x, order));

    private double Error(Func<Tensor, Tensor> logits)
    {
        using var inference = inference_mode();
        var wrong = 0L;
        foreach (var indices in Enumerable.Range(0, data.Test.Count).Chunk(250))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var batch = data.Test.GetBatch(indices);
            wrong += logits(chain.Stem(batch.Pixels)).argmax(1).ne(batch.Labels).sum().item<long>();
        }

        return (double)wrong / data.Test.Count;
    }
}
