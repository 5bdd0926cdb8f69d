namespace Experiments;

/// <summary>How fast a method's error falls as its steps become finer.</summary>
internal static class ConvergenceOrder
{
    // Below this, rounding in double precision adds to the error.
    private const double Rounding = 1e-11;

    /// <summary>The p of error ≈ c · steps⁻ᵖ: the slope through the finest half of the errors, in logarithms.</summary>
    /// <param name="errors">Steps and error, from coarse to fine; at least two errors above rounding.</param>
    public static double Of(IReadOnlyList<(int Steps, double Error)> errors)
    {
        var usable = errors.Where(e => e.Error > Rounding).Select(e => (X: Math.Log2(e.Steps), Y: Math.Log2(e.Error))).ToArray();
        if (usable.Length < 2)
            throw new ArgumentException("The order needs at least two errors above rounding.", nameof(errors));
        var fine = usable[^Math.Max(2, usable.Length / 2)..];
        var (x, y) = (fine.Average(p => p.X), fine.Average(p => p.Y));
        return -fine.Sum(p => (p.X - x) * (p.Y - y)) / fine.Sum(p => (p.X - x) * (p.X - x));
    }

    /// <summary>The fewest of the steps whose error is at most that; null: none of them.</summary>
    public static int? StepsFor(IReadOnlyList<(int Steps, double Error)> errors, double error) =>
        errors.Where(e => e.Error <= error).Select(e => (int?)e.Steps).FirstOrDefault();
}
