namespace ResNet.Core;

/// <summary>How an ordinary differential equation is solved.</summary>
public enum OdeMethod
{
    /// <summary>Euler's method, order 1: a step is a residual block, x + h·f(x).</summary>
    Euler,

    /// <summary>The classical Runge–Kutta method, order 4: four evaluations of f a step.</summary>
    RungeKutta4,

    /// <summary>Dormand and Prince's pair of orders 5 and 4, with steps as long as the tolerances allow.</summary>
    DormandPrince,
}
