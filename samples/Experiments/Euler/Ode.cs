using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>An ordinary differential equation dx/dt = f(t, x) from time 0 to 1, in double precision. It owns its tensors.</summary>
internal sealed record Ode(string Name, Func<double, Tensor, Tensor> F, Tensor Start, Tensor Solution) : IDisposable
{
    /// <summary>A point that circles the origin while it comes closer: its solution is known.</summary>
    public static Ode Spiral()
    {
        const double decay = 0.5, turn = 3;
        var matrix = tensor(new[] { -decay, turn, -turn, -decay }).view(2, 2);
        var (sin, cos) = Math.SinCos(turn);
        var solution = (tensor(new[] { cos, sin }) * Math.Exp(-decay)).view(1, 2);
        return new Ode("spiral", (_, x) => x.matmul(matrix), tensor(new[] { 1.0, 0.0 }).view(1, 2), solution);
    }

    /// <summary>The function of a residual block, convolution, tanh, convolution, as the derivative of feature maps; solved with steps far finer than any compared.</summary>
    public static Ode Convolutions(int seed)
    {
        var random = new Random(seed);
        Tensor first = Normal(0.25, 4, 4, 3, 3), second = Normal(0.25, 4, 4, 3, 3), start = Normal(1, 2, 4, 6, 6);
        var ode = new Ode("residual function", F, start, start);
        return ode with { Solution = new ResNet.Core.OdeSolver { Method = ResNet.Core.OdeMethod.RungeKutta4, Steps = 4096 }.Solve(F, start, 0, 1) };

        Tensor F(double time, Tensor x) => functional.conv2d(functional.conv2d(x, first, padding: [1, 1]).tanh(), second, padding: [1, 1]);

        Tensor Normal(double deviation, params long[] shape) =>
            tensor(Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())).ToArray()).view(shape);
    }

    public void Dispose()
    {
        Start.Dispose();
        Solution.Dispose();
    }
}
