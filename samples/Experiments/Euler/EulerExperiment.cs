using ResNet.Core;
using static TorchSharp.torch;

namespace Experiments;

/// <summary>Euler's method and residual networks (Chen et al. 2018): a block is a step, and finer steps converge to the ODE's solution.</summary>
internal sealed class EulerExperiment : IExperiment
{
    public string Name => "euler";

    public string Description => "Euler and ResNet: blocks as Euler steps; orders 1 (Euler) and 4 (Runge-Kutta) of convergence to the ODE's solution.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        int[] steps = [.. Enumerable.Range(0, settings.Pick(7, 10, 12)).Select(i => 1 << i)];
        var table = new Table(Name, ["equation", "method", "steps", "error"]);
        List<Series> series = [];
        List<Finding> findings = [Equality(settings.Seed, blocks: 8)];
        foreach (var ode in new[] { Ode.Spiral(), Ode.Convolutions(settings.Seed) })
        {
            cancel.ThrowIfCancellationRequested();
            var (euler, runge) = (Errors(ode, OdeMethod.Euler, steps), Errors(ode, OdeMethod.RungeKutta4, steps));
            foreach (var (method, errors) in new[] { ("Euler", euler), ("Runge-Kutta 4", runge) })
            {
                series.Add(new Series($"{method}, {ode.Name}", [.. errors.Select(e => ((double)e.Steps, e.Error))], Dashed: method == "Euler"));
                foreach (var (count, error) in errors)
                    table.Add(ode.Name, method, count, error);
            }

            var (first, fourth) = (ConvergenceOrder.Of(euler), ConvergenceOrder.Of(runge));
            findings.Add(Finding.Of("As steps become finer, a residual network with shared weights converges to the ODE's solution, with Euler's order 1.",
                $"{ode.Name}: order {first:F2} (within 0.1 of 1), error {euler[0].Error:0.0e+0} with {steps[0]} step, {euler[^1].Error:0.0e+0} with {steps[^1]}.", Math.Abs(first - 1) <= 0.1));
            var (eulerSteps, rungeSteps) = (ConvergenceOrder.StepsFor(euler, 1e-2), ConvergenceOrder.StepsFor(runge, 1e-2));
            findings.Add(Finding.Of("Methods of higher order reach the solution with less work.",
                $"{ode.Name}: Runge-Kutta's order {fourth:F2} (within 0.3 of 4); for an error of 1e-2 it takes {4 * rungeSteps} evaluations of f, Euler {(eulerSteps is null ? $"more than {steps[^1]}" : eulerSteps)}.",
                Math.Abs(fourth - 4) <= 0.3 && 4 * rungeSteps < (eulerSteps ?? int.MaxValue)));
        }

        return new Results(findings, [new Chart(Name, "Error of the solution at time 1", "steps (blocks)", "largest error", series, LogX: true, LogY: true)], [table]);
    }

    // Blocks that share their weights, each x + F(x), against Euler's steps of length 1.
    private static Finding Equality(int seed, int blocks)
    {
        using var ode = Ode.Convolutions(seed);
        var x = ode.Start;
        for (var block = 0; block < blocks; block++)
            x += ode.F(block, x);
        var solved = new OdeSolver { Method = OdeMethod.Euler, Steps = blocks }.Solve(ode.F, ode.Start, 0, blocks);
        var different = x.ne(solved).sum().item<long>();
        return Finding.Of("A residual block, x + F(x), is a step of Euler's method.",
            $"{blocks} blocks that share their weights and {blocks} Euler steps of length 1: {different} of {x.numel()} values differ by a bit.", different == 0);
    }

    private static (int Steps, double Error)[] Errors(Ode ode, OdeMethod method, int[] steps) =>
    [
        .. steps.Select(count =>
        {
            using var scope = NewDisposeScope();
            var solution = new OdeSolver { Method = method, Steps = count }.Solve(ode.F, ode.Start, 0, 1);
            return (count, (solution - ode.Solution).abs().max().item<double>());
        })
    ];
}
