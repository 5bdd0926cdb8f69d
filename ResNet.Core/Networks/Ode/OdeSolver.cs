using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Solves dx/dt = f(t, x) for tensors. Gradients flow through every step if they are tracked. Thread-safe: it only holds settings.
/// </summary>
public sealed record OdeSolver
{
    /// <summary>The method. Default: <see cref="OdeMethod.RungeKutta4"/>.</summary>
    public OdeMethod Method { get; init; } = OdeMethod.RungeKutta4;

    /// <summary>Equal steps of Euler and RungeKutta4, at least 1. Default 4.</summary>
    public int Steps { get; init; } = 4;

    /// <summary>DormandPrince: the error of a step relative to the solution's size, above 0. Default 1e-3.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>DormandPrince: the error of a step that is allowed where the solution is small, above 0. Default 1e-3.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-3;

    /// <summary>DormandPrince: tried steps after which it gives up, at least 1. Default 1000.</summary>
    public int MaxSteps { get; init; } = 1000;

    /// <summary>The solution at the time <paramref name="to"/>.</summary>
    /// <param name="f">The derivative at a time and a state; of the state's shape. The solver owns what it returns.</param>
    /// <param name="x">The state at the time <paramref name="from"/>; it stays the caller's.</param>
    /// <param name="from">The start.</param>
    /// <param name="to">The end, also below the start: then it is solved backwards.</param>
    /// <returns>The state at the end; the caller owns it.</returns>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="InvalidOperationException">DormandPrince did not reach the end in <see cref="MaxSteps"/>, or met values that are not finite.</exception>
    public Tensor Solve(Func<double, Tensor, Tensor> f, Tensor x, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        return Solve((t, state) => [f(t, state[0])], [x], from, to)[0];
    }

    /// <summary>Checks every setting; returns this record.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public OdeSolver Validate()
    {
        Require(Enum.IsDefined(Method), nameof(Method), "Euler, RungeKutta4 or DormandPrince");
        Require(Steps >= 1, nameof(Steps), "at least 1");
        Require(RelativeTolerance > 0 && double.IsFinite(RelativeTolerance), nameof(RelativeTolerance), "above 0 and finite");
        Require(AbsoluteTolerance > 0 && double.IsFinite(AbsoluteTolerance), nameof(AbsoluteTolerance), "above 0 and finite");
        Require(MaxSteps >= 1, nameof(MaxSteps), "at least 1");
        return this;

        static void Require(bool rule, string setting, string expected)
        {
            if (!rule)
            {
                throw new ArgumentException($"The ODE solver's {setting} must be {expected}.", setting);
            }
        }
    }

    /// <summary>As the public one, for a state of several tensors.</summary>
    internal Tensor[] Solve(Func<double, Tensor[], Tensor[]> f, Tensor[] x, double from, double to)
    {
        Validate();
        using var scope = NewDisposeScope();
        var solution = Method == OdeMethod.DormandPrince ? Adaptive(f, x, from, to) : Fixed(f, x, from, to);
        return [.. solution.Select(value => value.alias().MoveToOuterDisposeScope())];
    }

    private Tensor[] Fixed(Func<double, Tensor[], Tensor[]> f, Tensor[] x, double from, double to)
    {
        var (h, state) = ((to - from) / Steps, x);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var t = from + (step * h);
            var next = Keep(Method == OdeMethod.Euler ? Add(state, h, [1], [f(t, state)]) : RungeKutta(f, state, t, h));
            Release(state, unless: x);
            state = next;
        }

        return state;
    }

    private static Tensor[] RungeKutta(Func<double, Tensor[], Tensor[]> f, Tensor[] x, double t, double h)
    {
        var k1 = f(t, x);
        var k2 = f(t + (h / 2), Add(x, h, [0.5], [k1]));
        var k3 = f(t + (h / 2), Add(x, h, [0.5], [k2]));
        var k4 = f(t + h, Add(x, h, [1], [k3]));
        return Add(x, h, [1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0], [k1, k2, k3, k4]);
    }

    private Tensor[] Adaptive(Func<double, Tensor[], Tensor[]> f, Tensor[] x, double from, double to)
    {
        if (from == to)
        {
            return x;
        }

        var (t, h) = (from, (to - from) * DormandPrince.FirstStep);
        var (state, slope) = (x, f(t, x));
        for (var step = 0; step < MaxSteps; step++)
        {
            using var scope = NewDisposeScope();
            var last = Math.Abs(h) >= Math.Abs(to - t);
            h = last ? to - t : h;
            List<Tensor[]> k = [slope];
            var next = state;
            for (var stage = 1; stage < DormandPrince.Stages.Length; stage++)
            {
                next = Add(state, h, DormandPrince.Stages[stage], k);
                k.Add(f(t + (DormandPrince.Times[stage] * h), next));
            }

            var error = ErrorNorm(state, next, h, k);
            if (!double.IsFinite(error))
            {
                throw new InvalidOperationException($"The ODE's solution is not finite near t = {t:g4}. A smaller EndTime, smaller weights or another learning rate may help.");
            }

            if (error <= 1)
            {
                // The last stage's slope is the first one's of the next step.
                Release(state, unless: x);
                Release(slope, unless: x);
                (t, state, slope) = (t + h, Keep(next), Keep(k[^1]));
                if (last)
                {
                    return state;
                }
            }

            h *= Math.Clamp(DormandPrince.Safety * Math.Pow(Math.Max(error, DormandPrince.LeastError), -0.2), DormandPrince.LeastFactor, DormandPrince.MostFactor);
        }

        throw new InvalidOperationException(
            $"The ODE was not solved within MaxSteps = {MaxSteps} steps; it stands at t = {t:g4} of {to:g4}. Raise the tolerances, or MaxSteps.");
    }

    // Root mean square of the error in units of what is tolerated: at most 1 is good.
    private double ErrorNorm(Tensor[] x, Tensor[] next, double h, List<Tensor[]> k)
    {
        using var untracked = no_grad();
        var (sum, count) = (0.0, 0L);
        for (var i = 0; i < x.Length; i++)
        {
            var error = Add([zeros_like(x[i])], h, DormandPrince.Error.AsSpan(), [.. k.Select(stage => new[] { stage[i] })])[0];
            var tolerated = maximum(x[i].abs(), next[i].abs()) * RelativeTolerance + AbsoluteTolerance;
            sum += (error / tolerated).square().sum(ScalarType.Float64).item<double>();
            count += error.numel();
        }

        return Math.Sqrt(sum / count);
    }

    // x + h · Σ weight · slope.
    private static Tensor[] Add(Tensor[] x, double h, ReadOnlySpan<double> weights, IReadOnlyList<Tensor[]> slopes)
    {
        var result = x.ToArray();
        for (var stage = 0; stage < weights.Length; stage++)
        {
            for (var i = 0; i < result.Length && weights[stage] != 0; i++)
            {
                result[i] = result[i].add(slopes[stage][i], h * weights[stage]);
            }
        }

        return result;
    }

    private static Tensor[] Keep(Tensor[] values) => [.. values.Select(value => value.MoveToOuterDisposeScope())];

    // Gradients need the graph, not these handles.
    private static void Release(Tensor[] values, Tensor[] unless)
    {
        foreach (var value in values.Except(unless, ReferenceEqualityComparer.Instance).OfType<Tensor>())
        {
            value.Dispose();
        }
    }
}
