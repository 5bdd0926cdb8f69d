using System.Globalization;

namespace ResNet.MLNet.Reporting;

internal static class Invariant
{
    /// <summary>A value as text that is the same in every culture; a percent sign stays with its number.</summary>
    public static string In<T>(this T value, string? format) where T : IFormattable =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace(" %", "\u00a0%", StringComparison.Ordinal);
}
