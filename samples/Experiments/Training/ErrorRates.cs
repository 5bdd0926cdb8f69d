namespace Experiments;

/// <summary>Comparing error rates that were measured on so many images each.</summary>
internal static class ErrorRates
{
    /// <summary>Standard error of the difference of two error rates, 0..1, each measured on <paramref name="images"/> images.</summary>
    public static double StandardError(double a, double b, int images) => Math.Sqrt(((a * (1 - a)) + (b * (1 - b))) / images);

    /// <summary>Whether <paramref name="lower"/> is below <paramref name="higher"/>; undecided within two standard errors.</summary>
    public static Verdict IsLower(double lower, double higher, int images) =>
        Math.Abs(higher - lower) <= 2 * StandardError(lower, higher, images) ? Verdict.Undecided
        : lower < higher ? Verdict.Agrees
        : Verdict.Disagrees;

    /// <summary>Whether <paramref name="a"/> is no higher than <paramref name="b"/>; more than two standard errors above it is.</summary>
    public static bool IsNotHigher(double a, double b, int images) => a <= b + (2 * StandardError(a, b, images));
}
