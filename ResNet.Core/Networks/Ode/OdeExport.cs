using static ResNet.Core.Onnx.TensorProto.Types;

namespace ResNet.Core;

/// <summary>What <see cref="OdeSolver"/> computes, in ONNX's operators: equal steps as nodes one after the other, adaptive ones as a Loop.</summary>
/// <param name="graph">The graph under construction.</param>
/// <param name="specification">The solver and its end.</param>
/// <param name="f">Adds the derivative's nodes for a time, a float32 scalar, and a state.</param>
internal sealed class OdeExport(OnnxGraph graph, OdeNetSpecification specification, Func<string, string, string> f)
{
    /// <summary>The name of the solution at the end for the state x at time 0.</summary>
    public string Solve(string x) => specification.Solver.Method == OdeMethod.DormandPrince ? Adaptive(x) : Fixed(x);

    private string Fixed(string x)
    {
        var (solver, h) = (specification.Solver, specification.EndTime / specification.Solver.Steps);
        for (var step = 0; step < solver.Steps; step++)
        {
            var t = step * h;
            var k1 = F(t, x);
            if (solver.Method == OdeMethod.Euler)
            {
                x = Step(x, k1, h);
                continue;
            }

            var k2 = F(t + (h / 2), Step(x, k1, h / 2));
            var k3 = F(t + (h / 2), Step(x, k2, h / 2));
            var k4 = F(t + h, Step(x, k3, h));
            x = Step(Step(Step(Step(x, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
        }

        return x;

        string F(double t, string x) => f(Single(t), x);

        string Step(string x, string slope, double h) => graph.Add(x, graph.Mul(slope, (float)h));
    }

    // Time, step and error are double, the state is float, as in the solver.
    private string Adaptive(string start)
    {
        var (solver, end) = (specification.Solver, specification.EndTime);
        var slope = f(Single(0), start);
        var result = graph.Loop(
            solver.MaxSteps,
            [(graph.Double(0), DataType.Double), (graph.Double(end * DormandPrince.FirstStep), DataType.Double), (start, DataType.Float), (slope, DataType.Float), (graph.Boolean(false), DataType.Bool)],
            state =>
            {
                var (t, x) = (state[0], state[2]);
                var left = graph.Sub(graph.Double(end), t);
                var last = graph.Node("GreaterOrEqual", [state[1], left]);
                var h = graph.Node("Min", [state[1], left]);
                List<string> k = [state[3]];
                var next = x;
                for (var stage = 1; stage < DormandPrince.Stages.Length; stage++)
                {
                    next = Sum(x, h, DormandPrince.Stages[stage], k);
                    k.Add(f(ToSingle(graph.Add(t, graph.Mul(h, graph.Double(DormandPrince.Times[stage])))), next));
                }

                var error = ErrorNorm(x, next, h, k);
                var good = graph.Node("LessOrEqual", [error, graph.Double(1)]);
                var done = graph.Node("And", [good, last]);
                var passed = graph.Mul(h, graph.Node("Cast", [good], ("to", (long)DataType.Double)));
                // Not finite, or not a number, is given up.
                var finite = graph.Node("Less", [error, graph.Double(double.PositiveInfinity)]);
                return (graph.Node("And", [graph.Node("Not", [done]), finite]), [graph.Add(t, passed), graph.Mul(h, Factor(error)), Choose(good, next, x), Choose(good, k[^1], k[0]), done]);
            });

        // Where the solver throws, a graph can only say that there is no solution.
        return Choose(result[4], result[2], Single(double.NaN));
    }

    private string ErrorNorm(string x, string next, string h, List<string> k)
    {
        var solver = specification.Solver;
        var size = graph.Node("Max", [graph.Node("Abs", [x]), graph.Node("Abs", [next])]);
        var tolerated = graph.Add(graph.Mul(size, (float)solver.RelativeTolerance), Single(solver.AbsoluteTolerance));
        var error = graph.Node("Div", [Sum(null, h, DormandPrince.Error.AsSpan(), k), tolerated]);
        var squares = graph.Node("Cast", [graph.Mul(error, error)], ("to", (long)DataType.Double));
        return graph.Node("Sqrt", [graph.Node("ReduceMean", [squares], ("keepdims", 0))]);
    }

    private string Factor(string error)
    {
        var power = graph.Node("Pow", [graph.Node("Max", [error, graph.Double(DormandPrince.LeastError)]), graph.Double(-0.2)]);
        return graph.Node("Clip", [graph.Mul(power, graph.Double(DormandPrince.Safety)), graph.Double(DormandPrince.LeastFactor), graph.Double(DormandPrince.MostFactor)]);
    }

    // x + h · Σ weight · slope.
    private string Sum(string? x, string h, ReadOnlySpan<double> weights, List<string> slopes)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0)
            {
                var term = graph.Mul(slopes[i], ToSingle(graph.Mul(h, graph.Double(weights[i]))));
                x = x is null ? term : graph.Add(x, term);
            }
        }

        return x!;
    }

    private string Choose(string condition, string yes, string no) => graph.Node("Where", [condition, yes, no]);

    private string ToSingle(string value) => graph.Node("Cast", [value], ("to", (long)DataType.Float));

    private string Single(double value) => graph.Constant([(float)value], []);
}
