using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Values as text.</summary>
internal static class TextFormatter
{
    /// <summary>The text of a value as files hold it: such as a parser reads back exactly.</summary>
    public static string Write<T>(T value) => value switch
    {
        bool b => b ? "1" : "0",
        float f => float.IsNaN(f) ? "?" : f.ToString("R", CultureInfo.InvariantCulture),
        double d => double.IsNaN(d) ? "?" : d.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert(value),
    };

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
