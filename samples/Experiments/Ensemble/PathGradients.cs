using ResNet.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>
/// Gradients that flow back along single paths. Where all ReLUs stand as they do, a block's derivative is that of its function plus that
/// of its shortcut; so the gradients of the 2^n paths add up to the whole one.
/// </summary>
internal sealed class PathGradients(ResidualChain chain, ImageBatch batch)
{
    /// <summary>The loss's gradient with respect to what comes from the stem, along one path; the caller owns it.</summary>
    /// <param name="path">Whether it goes through each block's function; null: all paths together.</param>
    public Tensor Of(bool[]? path)
    {
        using var scope = NewDisposeScope();
        var start = chain.Stem(batch.Pixels).detach().requires_grad_();
        var logits = chain.Forward(start, i => path is null ? BlockPart.Whole : path[i] ? BlockPart.FunctionPath : BlockPart.ShortcutPath);
        return autograd.grad([functional.cross_entropy(logits, batch.Labels)], [start])[0].MoveToOuterDisposeScope();
    }

    /// <summary>Its norm.</summary>
    public double Norm(bool[]? path)
    {
        using var gradient = Of(path);
        return gradient.to(ScalarType.Float64).norm().item<double>();
    }
}
