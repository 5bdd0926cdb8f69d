using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>The figures of Dormand and Prince's method (1980), and of how its steps become longer and shorter.</summary>
internal static class DormandPrince
{
    /// <summary>A step is as long as this share of the way to begin with; the first steps correct it.</summary>
    public const double FirstStep = 0.1;

    /// <summary>A step's length is multiplied by Safety · error^(−1/5), from LeastFactor to MostFactor; an error counts as at least LeastError.</summary>
    public const double Safety = 0.9, LeastFactor = 0.2, MostFactor = 10, LeastError = 1e-10;

    /// <summary>When in a step each stage stands.</summary>
    public static readonly ImmutableArray<double> Times = [0, 1 / 5.0, 3 / 10.0, 4 / 5.0, 8 / 9.0, 1, 1];

    /// <summary>A row for each stage: its weights of the stages before; the last row is the solution of order 5.</summary>
    public static readonly ImmutableArray<double[]> Stages =
    [
        [],
        [1 / 5.0],
        [3 / 40.0, 9 / 40.0],
        [44 / 45.0, -56 / 15.0, 32 / 9.0],
        [19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0],
        [9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0],
        [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0],
    ];

    /// <summary>Weights of the stages in order 5 minus order 4.</summary>
    public static readonly ImmutableArray<double> Error = [71 / 57600.0, 0, -71 / 16695.0, 71 / 1920.0, -17253 / 339200.0, 22 / 525.0, -1 / 40.0];
}
