using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What makes one ODE network (Chen et al. 2018) what it is: two strided convolutions, then a residual stage of continuous depth,
/// dx/dt = f(t, x) from time 0 to EndTime.
/// </summary>
public sealed record OdeNetSpecification : NetworkSpecification
{
    /// <summary>Channels, at least 1. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>How the equation is solved. Default: <see cref="OdeMethod.RungeKutta4"/> with 4 steps. Never null.</summary>
    public OdeSolver Solver { get; init; } = new();

    /// <summary>The time to solve to, above 0. Default 1. Where it is the number of Euler steps, each step is a residual block.</summary>
    public double EndTime { get; init; } = 1;

    /// <summary>
    /// Whether gradients come from the adjoint method, in memory that does not grow with the steps, instead of from the steps themselves,
    /// whose gradients are exact for the steps that were taken. Default true.
    /// </summary>
    public bool Adjoint { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => Width;

    /// <summary>Input pixels, along a side, for each pixel of the feature maps: 4.</summary>
    [JsonIgnore]
    public override int Stride => 4;

    internal override Int128 LeastParameters => (Int128)Width * Width * 9 * 2;

    /// <inheritdoc/>
    public override OdeNetwork Create(Device? device = null, int? seed = null) => new(this, device, seed);

    /// <inheritdoc/>
    public override OdeNetSpecification Validate()
    {
        Require(Width >= 1, nameof(Width), Width, "must be at least 1");
        Require(EndTime > 0 && double.IsFinite(EndTime), nameof(EndTime), EndTime, "must be above 0 and finite");
        Require(Solver is not null, nameof(Solver), "null", "must be given");
        Solver!.Validate();
        base.Validate();
        return this;
    }
}
