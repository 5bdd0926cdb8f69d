namespace ResNet.Core;

/// <summary>Stochastic gradient descent with momentum (torch.optim.SGD). The defaults are He et al. 2015, 3.4: momentum 0.9, weight decay 1e-4.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>SGD with the default values.</summary>
    public SgdOptions()
        : base(1e-4)
    {
    }

    /// <summary>Momentum, 0 to below 1. Default 0.9.</summary>
    public double Momentum { get; init => field = OptionCheck.BelowOne(value); } = 0.9;

    /// <summary>Nesterov's momentum; needs <see cref="Momentum"/> above 0. Default false.</summary>
    public bool Nesterov { get; init; }

    internal override void Validate()
    {
        if (Nesterov && Momentum == 0)
        {
            throw new ArgumentException("Nesterov is true but Momentum is 0; give a Momentum above 0, such as 0.9, or set Nesterov to false.");
        }
    }
}
