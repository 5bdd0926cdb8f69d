using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class OdeTests
{
    private static readonly OdeNetSpecification Tiny = new()
    {
        Name = "tiny",
        Width = 8,
        Classes = GeneratedImages.Classes,
        InputSize = GeneratedImages.Side,
        Normalization = Normalization.Centered(3),
    };

    // x' = −t·x has the solution exp(−t²/2). Halving the step divides the error by 2 to the power of the order.
    [Theory]
    [InlineData(OdeMethod.Euler, 1)]
    [InlineData(OdeMethod.RungeKutta4, 4)]
    public void The_error_falls_with_the_methods_order(OdeMethod method, int order)
    {
        var errors = new[] { 16, 32, 64 }.Select(steps => ErrorOf(new OdeSolver { Method = method, Steps = steps })).ToArray();
        Assert.Equal(order, Math.Log2(errors[0] / errors[1]), 0.15);
        Assert.Equal(order, Math.Log2(errors[1] / errors[2]), 0.1);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void Dormand_and_Princes_error_follows_the_tolerance(double tolerance)
    {
        var error = ErrorOf(new OdeSolver { Method = OdeMethod.DormandPrince, RelativeTolerance = tolerance, AbsoluteTolerance = tolerance });
        Assert.InRange(error, 0, 10 * tolerance);
    }

    [Fact]
    public void Dormand_and_Prince_take_long_steps_where_they_can()
    {
        using var scope = NewDisposeScope();
        var times = new List<double>();
        // A short bump at t = 0.5: after it nothing happens.
        new OdeSolver { Method = OdeMethod.DormandPrince, RelativeTolerance = 1e-6, AbsoluteTolerance = 1e-6 }
            .Solve((t, x) => { times.Add(t); return full_like(x, Math.Exp(-20 * (t - 0.5) * (t - 0.5))); }, zeros(1, ScalarType.Float64), 0, 10);
        Assert.InRange(times.Count, 30, 400);
        Assert.True(times.Count(t => t < 1.5) > times.Count / 2);
    }

    [Fact]
    public void Backwards_leads_to_the_start()
    {
        using var scope = NewDisposeScope();
        var solver = new OdeSolver { Steps = 32 };
        var x = tensor([1.0, -2.0, 0.5]);
        var there = solver.Solve((t, x) => x.sin() * t, x, 0, 1);
        Assert.InRange((solver.Solve((t, x) => x.sin() * t, there, 1, 0) - x).abs().max().item<double>(), 1e-16, 1e-6);
    }

    // He et al.'s block is a step of Euler's method of length 1 (Chen et al. 2018, equation 1).
    [Fact]
    public void N_steps_of_Euler_are_N_residual_blocks_to_the_bit()
    {
        const int N = 5;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var specification = GeneratedImages.TinyNetwork with { Activation = ActivationOrder.PreActivation };
        using var block = new ResidualBlock(specification, number: 2, channels: 8, planes: 8, stride: 1, new TrainingNoise(1));
        block.eval();
        var function = nn.Sequential(new[] { "bn1", "", "conv1", "bn2", "", "conv2" }.Select(name =>
            name.Length == 0 ? nn.ReLU() : (nn.Module<Tensor, Tensor>)block.named_children().Single(child => child.name == name).module));
        var x = randn(2, 8, 16, 16);
        var expected = x;
        for (var i = 0; i < N; i++)
        {
            expected = block.call(expected);
        }

        var solution = new OdeSolver { Method = OdeMethod.Euler, Steps = N }.Solve((_, x) => function.call(x), x, 0, N);
        Assert.True(expected.bytes.SequenceEqual(solution.bytes));
    }

    // The adjoint method and back-propagation through the steps differ by the solver's error alone.
    [Theory]
    [InlineData(OdeMethod.RungeKutta4)]
    [InlineData(OdeMethod.DormandPrince)]
    public void The_adjoint_methods_gradients_are_those_of_the_steps(OdeMethod method)
    {
        using var scope = NewDisposeScope();
        var solver = new OdeSolver { Method = method, Steps = 40, RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-8 };
        var generator = new Generator(1);
        var a = (randn([3, 3], ScalarType.Float64, generator: generator) / 2).requires_grad_();
        var b = randn([3], ScalarType.Float64, generator: generator).requires_grad_();
        var x = randn([4, 3], ScalarType.Float64, generator: generator).requires_grad_();
        Tensor F(double t, Tensor x) => (x.matmul(a) + (b * t)).tanh();

        var expected = autograd.grad([solver.Solve(F, x, 0, 2).square().sum()], [x, a, b]);
        var actual = autograd.grad([OdeAdjoint.Solve(solver, F, x, 2, [a, b]).square().sum()], [x, a, b]);
        foreach (var (e, g) in expected.Zip(actual))
        {
            Assert.InRange((e - g).abs().max().item<double>(), 0, 1e-5);
        }
    }

    [Theory]
    [InlineData(OdeMethod.Euler, true)]
    [InlineData(OdeMethod.RungeKutta4, true)]
    [InlineData(OdeMethod.RungeKutta4, false)]
    [InlineData(OdeMethod.DormandPrince, true)]
    public void Gradients_reach_every_parameter_and_the_loss_falls(OdeMethod method, bool adjoint)
    {
        using var network = (Tiny with { Adjoint = adjoint, Solver = new OdeSolver { Method = method, Steps = 2 } }).Create(seed: 1);
        FewSteps.LowerTheLoss($"{method}, adjoint {adjoint}", network);
    }

    public static TheoryData<string, OdeNetSpecification> Broken() => new()
    {
        { "Width", Tiny with { Width = 0 } },
        { "EndTime", Tiny with { EndTime = 0 } },
        { "Solver", Tiny with { Solver = null! } },
        { "Steps", Tiny with { Solver = new() { Steps = 0 } } },
        { "RelativeTolerance", Tiny with { Solver = new() { RelativeTolerance = 0 } } },
        { "InputSize", Tiny with { InputSize = 3 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Errors_name_the_rule(string property, OdeNetSpecification specification) =>
        Assert.Contains(property, Assert.Throws<ArgumentException>(() => specification.Validate()).Message);

    [Fact]
    public void A_solution_that_explodes_or_takes_too_long_is_an_error()
    {
        using var scope = NewDisposeScope();
        var solver = new OdeSolver { Method = OdeMethod.DormandPrince, MaxSteps = 50 };
        Assert.Throws<InvalidOperationException>(() => solver.Solve((t, x) => x.square(), ones(1, ScalarType.Float64), 0, 2));
        Assert.Contains("MaxSteps", Assert.Throws<InvalidOperationException>(() => solver.Solve((t, x) => -1000 * x, ones(1, ScalarType.Float64), 0, 100)).Message);
    }

    [Fact]
    public void Json_brings_the_same_record_back()
    {
        var specification = Tiny with { Solver = new() { Method = OdeMethod.DormandPrince, RelativeTolerance = 1e-5 }, Adjoint = false };
        Assert.Equal(specification, NetworkSpecification.FromJson(specification.ToJson()));
    }

    private static double ErrorOf(OdeSolver solver)
    {
        using var scope = NewDisposeScope();
        var x = solver.Solve((t, x) => x * -t, ones(1, ScalarType.Float64), 0, 2);
        return Math.Abs(x.item<double>() - Math.Exp(-2));
    }
}
