using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>Norms of the loss's gradient throughout a network.</summary>
internal static class GradientNorms
{
    /// <summary>The gradient's norm at each block's output and at each convolution's weight, from the input on.</summary>
    /// <param name="network">A network as <see cref="ResidualChain"/> takes them, with fresh running statistics.</param>
    /// <param name="batch">The images.</param>
    /// <param name="batchNorm">
    /// true: norms by this batch's statistics, as in training. false: without norms: those that have seen nothing yet pass values on as they
    /// are when scoring, but for their epsilon of 1e-5.
    /// </param>
    public static (double[] Blocks, double[] Convolutions) Of(ResidualNetwork network, ImageBatch batch, bool batchNorm)
    {
        using var scope = NewDisposeScope();
        network.train(batchNorm);
        var chain = new ResidualChain(network);
        List<Tensor> outputs = [];
        var logits = chain.Forward(chain.Stem(batch.Pixels), _ => BlockPart.Whole, outputs.Add);
        var weights = network.named_parameters().Where(p => p.parameter.dim() == 4).Select(p => (Tensor)p.parameter).ToArray();
        var gradients = autograd.grad([functional.cross_entropy(logits, batch.Labels)], [.. outputs, .. weights]);
        double[] norms = [.. gradients.Select(gradient => gradient.to(ScalarType.Float64).norm().item<double>())];
        return (norms[..outputs.Count], norms[outputs.Count..]);
    }

    /// <summary>Weights of variance 1/n instead of MSRA's 2/n: what was usual before it (LeCun et al. 1998).</summary>
    public static void HalveVariance(ResidualNetwork network)
    {
        using var untracked = no_grad();
        foreach (var (_, parameter) in network.named_parameters().Where(p => p.parameter.dim() == 4))
            parameter.mul_(Math.Sqrt(0.5));
    }
}
