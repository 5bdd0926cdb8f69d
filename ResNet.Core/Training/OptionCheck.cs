using System.Runtime.CompilerServices;

namespace ResNet.Core;

/// <summary>Checks of option values as they are set; the errors name the option.</summary>
internal static class OptionCheck
{
    public static int AtLeast(int minimum, int value, [CallerMemberName] string option = "") =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; it must be at least {minimum}.");

    /// <summary>Above 0, and finite.</summary>
    public static double Positive(double value, [CallerMemberName] string option = "") =>
        Within(double.Epsilon, double.MaxValue, value, "above 0", option);

    /// <summary>0 or more, and finite.</summary>
    public static double NotNegative(double value, [CallerMemberName] string option = "") =>
        Within(0, double.MaxValue, value, "0 or more", option);

    /// <summary>0 to below 1.</summary>
    public static double BelowOne(double value, [CallerMemberName] string option = "") =>
        Within(0, Math.BitDecrement(1.0), value, "0 to below 1", option);

    /// <summary>Above 0, at most 1.</summary>
    public static double Share(double value, [CallerMemberName] string option = "") =>
        Within(double.Epsilon, 1, value, "above 0, at most 1", option);

    public static T NotNull<T>(T value, [CallerMemberName] string option = "")
        where T : class =>
        value ?? throw new ArgumentNullException(option);

    private static double Within(double minimum, double maximum, double value, string range, string option) =>
        value >= minimum && value <= maximum ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}; it must be {range}.");
}
