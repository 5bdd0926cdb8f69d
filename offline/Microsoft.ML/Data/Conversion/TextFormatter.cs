using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values as text.</summary>
internal static class TextFormatter
{
    /// <summary>The text of a value as a conversion to a text column gives it.</summary>
    public static string Convert<T>(T value) => value switch
    {
        float f => f.ToString("G7", CultureInfo.InvariantCulture),
        double d => d.ToString("G17", CultureInfo.InvariantCulture),
        TimeSpan t => t.ToString("c", CultureInfo.InvariantCulture),
        DateTime t => t.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset t => t.ToString("o", CultureInfo.InvariantCulture),
        DataViewRowId id => "0x" + id,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
