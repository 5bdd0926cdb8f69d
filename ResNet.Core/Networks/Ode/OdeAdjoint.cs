using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// The adjoint method (Chen et al. 2018): gradients of an ODE's solution by a second ODE, solved backwards in time, so that the
/// memory does not grow with the number of steps.
/// </summary>
internal sealed class OdeAdjoint : autograd.SingleTensorFunction<OdeAdjoint>
{
    public override string Name => nameof(OdeAdjoint);

    /// <summary>The solution at the time <paramref name="end"/>, from time 0.</summary>
    /// <param name="solver">Solves forwards and backwards.</param>
    /// <param name="f">The derivative. Its parameters are those given, and it has no side effects.</param>
    /// <param name="x">The state at time 0.</param>
    /// <param name="end">The end.</param>
    /// <param name="parameters">What f depends on beside the state.</param>
    public static Tensor Solve(OdeSolver solver, Func<double, Tensor, Tensor> f, Tensor x, double end, IReadOnlyList<Tensor> parameters) =>
        apply([new Problem(solver, f, end, parameters), x, .. parameters]);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var problem = (Problem)vars[0];
        using var untracked = no_grad();
        var solution = problem.Solver.Solve(problem.F, (Tensor)vars[1], 0, problem.End);
        ctx.save_data(nameof(Problem), problem);
        ctx.save_for_backward([solution.detach()]);
        return solution;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var problem = (Problem)ctx.get_data(nameof(Problem))!;
        var (solution, parameters) = (ctx.get_saved_variables()[0], problem.Parameters);
        using var untracked = no_grad();
        // State: x, its adjoint a = dL/dx, and what the parameters' gradients have grown to.
        Tensor[] state = [solution, grad_output, .. parameters.Select(parameter => zeros_like(parameter))];
        var result = problem.Solver.Solve(Backwards, state, problem.End, 0);
        return [null!, .. result.Skip(1).Select(gradient => gradient.MoveToOuterDisposeScope())];

        Tensor[] Backwards(double t, Tensor[] state)
        {
            using var tracked = enable_grad();
            var x = state[0].detach().requires_grad_();
            var slope = problem.F(t, x);
            var gradients = autograd.grad([slope], [x, .. parameters], [state[1]]);
            return [slope.detach(), .. gradients.Select(gradient => gradient.neg())];
        }
    }

    private sealed record Problem(OdeSolver Solver, Func<double, Tensor, Tensor> F, double End, IReadOnlyList<Tensor> Parameters);
}
