using Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Samples;

public class EulerTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(4.0)]
    public void TheOrderIsThePowerOfTheSteps(double order)
    {
        var errors = Enumerable.Range(0, 12).Select(i => (1 << i, 3 * Math.Pow(1 << i, -order))).ToArray();
        Assert.Equal(order, ConvergenceOrder.Of(errors), 9);
        Assert.Equal(order == 1 ? 64 : 4, ConvergenceOrder.StepsFor(errors, 0.05));
    }

    [Fact]
    public void ErrorsOfRoundingDoNotCount()
    {
        Assert.Equal(4, ConvergenceOrder.Of([(1, 1e-6), (2, 1e-6 / 16), (4, 1e-14), (8, 1e-15)]), 9);
        Assert.Throws<ArgumentException>(() => ConvergenceOrder.Of([(1, 1e-3), (2, 0)]));
    }

    [Fact]
    public void TheSpiralsSolutionIsThatOfItsEquation()
    {
        // The exponential of the matrix, by its series.
        using var scope = NewDisposeScope();
        using var ode = Ode.Spiral();
        var (term, sum) = (ode.Start, ode.Start);
        for (var i = 1; i <= 40; i++)
        {
            term = ode.F(0, term) / i;
            sum += term;
        }

        Assert.True(sum.allclose(ode.Solution, rtol: 1e-12, atol: 1e-12));
    }

    [Fact]
    public void EveryClaimAboutEulerHolds()
    {
        var results = new EulerExperiment().Run(new Settings { Scale = Scale.Quick }, _ => { }, default);
        Assert.Equal(5, results.Findings.Count);
        Assert.All(results.Findings, finding => Assert.Equal(Verdict.Agrees, finding.Verdict));
    }
}
