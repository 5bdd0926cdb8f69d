using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors as text, in the styles of <see cref="TensorStringStyle"/>.</summary>
internal readonly struct TensorPrinter(string floatFormat, int width, CultureInfo culture, string newLine)
{
    private const string Ellipsis = "...";

    internal static string Metadata(Tensor t) => $"[{string.Join("x", t.shape)}], type = {t.dtype}, device = {t.device}";

    /// <summary>Metadata, then the matrices one after the other, columns aligned to the right, cut where the line is full.</summary>
    internal string Julia(Tensor t)
    {
        var text = new StringBuilder(Metadata(t));
        if (t.ndim == 0) return text.Append(", value = ").Append(Value(t)).ToString();
        Matrices(t, "", text);
        return text.ToString();
    }

    /// <summary>Nested brackets, long dimensions shortened in the middle.</summary>
    internal string Numpy(Tensor t) => t.ndim == 0 ? Value(t) : Nested(t, t.ndim, numpy: true, "");

    /// <summary>Metadata, then the values as a C# array initializer.</summary>
    internal string CSharp(Tensor t)
    {
        if (t.ndim == 0) return $"{Metadata(t)}, value = {Value(t)}";
        var (keyword, suffix) = t.dtype switch
        {
            ScalarType.Bool => ("bool", ""),
            ScalarType.Byte => ("byte", ""),
            ScalarType.Int8 => ("sbyte", ""),
            ScalarType.Int16 => ("short", ""),
            ScalarType.Int32 => ("int", ""),
            ScalarType.Int64 => ("long", "L"),
            ScalarType.Float32 => ("float", "f"),
            ScalarType.Float64 => ("double", ""),
            _ => ("", ""),
        };
        if (keyword.Length == 0) return Metadata(t);
        var lineBreak = t.ndim > 1 ? newLine : "";
        var rows = Nested(t, t.ndim, numpy: false, suffix)[1..^1];
        var start = t.ndim > 1 ? newLine + " " : "";
        return $"{Metadata(t)}, value = {lineBreak}{keyword} [{new string(',', (int)t.ndim - 1)}] {{{start}{rows}{lineBreak}}}";
    }

    private void Matrices(Tensor t, string place, StringBuilder text)
    {
        if (t.ndim <= 2)
        {
            text.Append(newLine);
            if (place.Length > 0) text.Append($"[{place}..,..] =").Append(newLine);
            Matrix(t, text);
            return;
        }
        for (var i = 0L; i < t.shape[0]; i++)
        {
            using var part = t[i];
            Matrices(part, $"{place}{i},", text);
        }
    }

    private void Matrix(Tensor t, StringBuilder text)
    {
        List<List<string>> rows = [];
        if (t.ndim == 1) rows.Add(Row(t));
        else for (var i = 0L; i < t.shape[0]; i++) rows.Add(Row(t[i]));
        var columns = rows.Min(row => row.Count);
        var widths = Enumerable.Range(0, columns).Select(j => rows.Max(row => row[j].Length)).ToArray();
        foreach (var row in rows)
        {
            for (var j = 0; j < columns; j++) text.Append(' ').Append(row[j].PadLeft(widths[j]));
            if (columns < t.shape[^1]) text.Append(' ').Append(Ellipsis);
            text.Append(newLine);
        }
    }

    // As many values as fit in the line with room for the ellipsis.
    private List<string> Row(Tensor t)
    {
        List<string> row = [];
        var left = width;
        for (var i = 0L; i < t.shape[0]; i++)
        {
            var value = Value(t[i]);
            if (left - value.Length - Ellipsis.Length - 1 < 0) break;
            row.Add(value);
            left -= value.Length + 1;
        }
        return row;
    }

    private string Nested(Tensor t, long depth, bool numpy, string suffix)
    {
        var (open, close) = numpy ? ('[', ']') : ('{', '}');
        var size = t.shape[0];
        var indent = new string(' ', (int)(depth - t.ndim));
        if (t.ndim == 1)
        {
            var self = this;
            string Part(long from, long to) => string.Join(", ", Range(from, to).Select(i => self.Value(t[i]) + suffix));
            var trailing = PrintOptions.MaxColumns / 2;
            var values = size <= PrintOptions.MaxColumns
                ? Part(0, size)
                : $"{Part(0, PrintOptions.MaxColumns - trailing)}, {Ellipsis} {Part(size - trailing, size)}";
            return open + values + close;
        }
        var text = new StringBuilder().Append(open);
        var separator = numpy ? string.Concat(Enumerable.Repeat(newLine, (int)t.ndim - 1)) : "," + newLine;
        var last = PrintOptions.MaxRows / 2;
        var first = PrintOptions.MaxRows - last;
        for (var i = 0L; i < size; i++)
        {
            if (size > PrintOptions.MaxRows && i == first)
            {
                i = size - last;
                text.Append(indent).Append(" ...").Append(numpy ? separator : newLine);
            }
            if (i > 0) text.Append(indent).Append(' ');
            text.Append(Nested(t[i], depth, numpy, suffix));
            if (i < size - 1) text.Append(separator);
        }
        return text.Append(close).ToString();
    }

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var i = from; i < to; i++) yield return i;
    }

    private string Value(Tensor t) => t.dtype switch
    {
        ScalarType.Bool => t.ToBoolean().ToString(culture),
        ScalarType.Float16 or ScalarType.Float32 => t.ToSingle().ToString(floatFormat, culture),
        ScalarType.Float64 => t.ToDouble().ToString(floatFormat, culture),
        ScalarType.BFloat16 => "",
        _ => t.ToInt64().ToString(),
    };
}
