using System.Runtime.CompilerServices;

namespace ResNet.MLNet.Training;

/// <summary>Checks of option values, with the option's name in the error.</summary>
internal static class OptionCheck
{
    public static int AtLeast(int least, int value, [CallerMemberName] string option = "") =>
        value >= least ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {least} or more.");

    public static double Fraction(double value, [CallerMemberName] string option = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be from 0 to below 1.");

    public static T Defined<T>(T value, [CallerMemberName] string option = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    public static string Name(string value, [CallerMemberName] string option = "") =>
        !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException($"{option} must be a column name.", option);
}
