using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Gradient checkpointing, which TorchSharp lacks: what a function computes on its way is not kept for the gradients but computed
/// again when they are wanted (Chen et al. 2016).
/// </summary>
internal sealed class Recomputed : autograd.SingleTensorFunction<Recomputed>
{
    // autograd takes references of its own to what backward returns, but only after the return: these handles are let go of by the
    // next call. Left to the step's dispose scope, they would hold every layer's gradients until its end.
    [ThreadStatic]
    private static List<Tensor>? returned;

    public override string Name => nameof(Recomputed);

    /// <summary>What <paramref name="function"/> makes of the inputs.</summary>
    /// <param name="function">
    /// Computes the output. It is called a second time, with <c>again</c> true, for the gradients: the output must then be the
    /// same, and side effects such as running statistics must not happen again.
    /// </param>
    /// <param name="inputs">All tensors that gradients flow to, parameters too.</param>
    /// <returns>The output; the caller owns it.</returns>
    public static Tensor Run(Func<IReadOnlyList<Tensor>, bool, Tensor> function, IReadOnlyList<Tensor> inputs) =>
        is_grad_enabled() ? apply([function, .. inputs]) : function(inputs, false);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var inputs = vars.Skip(1).Cast<Tensor>().ToList();
        ctx.save_data(nameof(Run), vars[0]);
        ctx.save_for_backward(inputs);
        using var untracked = no_grad();
        return Function(vars[0])(inputs, false);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        returned?.ForEach(gradient => gradient.Dispose());
        using var scope = NewDisposeScope();
        var inputs = ctx.get_saved_variables().Select(input => input.detach().requires_grad_(input.requires_grad)).ToList();
        using var tracked = enable_grad();
        var output = Function(ctx.get_data(nameof(Run))!)(inputs, true);
        var wanted = inputs.Where(input => input.requires_grad).ToList();
        returned = [.. autograd.grad([output], wanted, [grad_output]).Select(gradient => gradient.DetachFromDisposeScope())];
        var gradients = new Queue<Tensor>(returned);
        return [null!, .. inputs.Select(input => input.requires_grad ? gradients.Dequeue() : null!)];
    }

    private static Func<IReadOnlyList<Tensor>, bool, Tensor> Function(object data) => (Func<IReadOnlyList<Tensor>, bool, Tensor>)data;
}
