using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Values from text as data files hold them. Empty text is zero, false, the missing key.</summary>
internal static class TextParser
{
    /// <summary>A parser that tells whether the text was a value of the type.</summary>
    public delegate bool TryParse<T>(ReadOnlySpan<char> text, out T value);

    /// <summary>The parser for an item type.</summary>
    public static Delegate For(DataViewType type) => type switch
    {
        KeyDataViewType key => Generic.Invoke<Delegate>(Key<uint>, key.RawType, key),
        BooleanDataViewType => (TryParse<bool>)Boolean,
        TimeSpanDataViewType => (TryParse<TimeSpan>)((text, out value) => Empty(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)),
        DateTimeDataViewType => (TryParse<DateTime>)((text, out value) => Empty(text, out value)
            || DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value)),
        DateTimeOffsetDataViewType => (TryParse<DateTimeOffset>)((text, out value) => Empty(text, out value)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)),
        RowIdDataViewType => (TryParse<DataViewRowId>)Id,
        _ when type == NumberDataViewType.Single => (TryParse<float>)Single,
        _ when type == NumberDataViewType.Double => (TryParse<double>)Double,
        _ when type == NumberDataViewType.SByte => Signed<sbyte>(),
        _ when type == NumberDataViewType.Int16 => Signed<short>(),
        _ when type == NumberDataViewType.Int32 => Signed<int>(),
        _ when type == NumberDataViewType.Int64 => Signed<long>(),
        _ when type == NumberDataViewType.Byte => (TryParse<byte>)Unsigned,
        _ when type == NumberDataViewType.UInt16 => (TryParse<ushort>)Unsigned,
        _ when type == NumberDataViewType.UInt32 => (TryParse<uint>)Unsigned,
        _ when type == NumberDataViewType.UInt64 => (TryParse<ulong>)Unsigned,
        _ => throw new InvalidOperationException($"Values of type {type} cannot be parsed"),
    };

    public static bool Single(ReadOnlySpan<char> text, out float value)
    {
        bool parsed = Double(text, out double wide);
        // Parsed again in its own precision: a double rounded to float may be rounded twice.
        value = parsed && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float exact) ? exact : (float)wide;
        return parsed;
    }

    public static bool Double(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = 0;
        if (text.IsEmpty) return true;
        if (IsMissing(text))
        {
            value = double.NaN;
            return true;
        }
        if (text is "∞" or "-∞")
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The usual marks for a missing number.</summary>
    private static bool IsMissing(ReadOnlySpan<char> text) =>
        text is "?" || text.Equals("NA", StringComparison.OrdinalIgnoreCase) || text.Equals("N/A", StringComparison.OrdinalIgnoreCase)
        || text.Equals("NaN", StringComparison.OrdinalIgnoreCase);

    /// <summary>Keys are written from 0; the first is stored as 1, the missing one as 0.</summary>
    private static TryParse<T> Key<T>(KeyDataViewType type) where T : IBinaryInteger<T> => (text, out value) =>
    {
        value = T.Zero;
        if (text.IsEmpty || IsMissing(text)) return true;
        if (!Unsigned(text, out ulong index) || index > type.Count - 1) return false;
        value = T.CreateTruncating(index + 1);
        return true;
    };

    private static TryParse<T> Signed<T>() where T : IBinaryInteger<T>, IMinMaxValue<T> => (text, out value) =>
    {
        value = T.Zero;
        if (text.IsEmpty) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long wide) || text[0] == '+') return false;
        if (wide > long.CreateTruncating(T.MaxValue) || wide < long.CreateTruncating(T.MinValue)) return false;
        value = T.CreateTruncating(wide);
        return true;
    };

    private static bool Unsigned<T>(ReadOnlySpan<char> text, out T value) where T : IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool Boolean(ReadOnlySpan<char> text, out bool value)
    {
        value = text is "1" or "+" or "+1" || Is(text, "T") || Is(text, "Y") || Is(text, "YES") || Is(text, "TRUE");
        return value || text is "" or "0" or "-" or "-1" || Is(text, "F") || Is(text, "N") || Is(text, "NO") || Is(text, "FALSE");
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool Empty<T>(ReadOnlySpan<char> text, out T value)
    {
        value = default;
        return text.IsEmpty;
    }

    /// <summary>0x and 32 hexadecimal digits.</summary>
    private static bool Id(ReadOnlySpan<char> text, out DataViewRowId value)
    {
        value = default;
        ulong low = 0;
        bool good = text.Length == 34 && text[0] == '0' && text[1] is 'x' or 'X'
            && ulong.TryParse(text[18..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out low);
        if (!good || !ulong.TryParse(text[2..18], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong high)) return false;
        value = new DataViewRowId(low, high);
        return true;
    }
}
