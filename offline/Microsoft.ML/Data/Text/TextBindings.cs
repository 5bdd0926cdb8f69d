using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Finds the fields, types and slot names of a text loader's columns.</summary>
internal static class TextBindings
{
    public static TextColumn[] Bind(TextLoader.Column[] columns, int inputSize)
    {
        var others = columns.SelectMany(c => c.Source).Where(range => range.AllOther).ToArray();
        Check.Param(others.Length <= 1, "AllOther", "At most one all other range can be specified");
        var taken = columns.SelectMany(c => c.Source).Where(range => !range.AllOther).Select(range => Span(range, inputSize)).OrderBy(span => span.Min).ToArray();
        return Array.ConvertAll(columns, column =>
        {
            string name = Check.NotWhiteSpace(column.Name, nameof(column.Name)).Trim();
            var spans = column.Source.SelectMany(range => range.AllOther ? Rest(Span(range, inputSize), taken) : [Span(range, inputSize)]).ToArray();
            Check.Param(spans.Length > 0, "AllOther", "No index is selected as all other indexes.");
            return new TextColumn(name, column.ItemType, spans);
        });
    }

    private static FieldSpan Span(TextLoader.Range range, int inputSize)
    {
        Check.Param(range.Min >= 0, nameof(range.Min));
        if (range.Max is int max)
        {
            Check.Param(range.Min <= max, nameof(range.Max));
            return new FieldSpan(range.Min, max + 1, range.ForceVector);
        }
        if (range.AutoEnd)
        {
            Check.Param(range.Min < inputSize, nameof(range.Min), $"Column #{range.Min} not found in the dataset (it only has {inputSize} columns)");
            return new FieldSpan(range.Min, inputSize, ForceVector: true);
        }
        return range.VariableEnd ? new FieldSpan(range.Min, FieldSpan.Open, ForceVector: true) : new FieldSpan(range.Min, range.Min + 1, range.ForceVector);
    }

    /// <summary>What the other spans leave of a span.</summary>
    private static IEnumerable<FieldSpan> Rest(FieldSpan span, FieldSpan[] taken)
    {
        int min = span.Min;
        foreach (var other in taken)
        {
            if (min < Math.Min(other.Min, span.Limit)) yield return new FieldSpan(min, Math.Min(other.Min, span.Limit), ForceVector: true);
            min = Math.Max(min, other.Limit);
        }
        if (min < span.Limit) yield return new FieldSpan(min, span.Limit, ForceVector: true);
    }

    /// <summary>The number of fields of sample lines, which must agree.</summary>
    public static int InputSize(IEnumerable<string> lines, FieldReader reader)
    {
        var sizes = lines.Select(line => reader.Read(line)).Where(size => size > 0).ToArray();
        Check.Param(sizes.Length > 0, "Source", "Can't determine the number of source columns without valid data");
        Check.Param(sizes.All(size => size == sizes[0]), "Source", "The size of input lines is not consistent");
        return sizes[0];
    }

    public static DataViewSchema Schema(TextColumn[] columns, string header, FieldReader reader)
    {
        if (!string.IsNullOrEmpty(header)) reader.Read(header);
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (!string.IsNullOrEmpty(header) && column.Type.IsKnownSizeVector())
            {
                string[] names = [.. column.Spans.SelectMany(span => Enumerable.Range(span.Min, span.Limit - span.Min)).Select(field => reader[field].Trim().ToString())];
                if (names.Any(name => name != "")) annotations.AddSlotNames(names);
            }
            builder.AddColumn(column.Name, column.Type, annotations.ToAnnotations());
        }
        return builder.ToSchema();
    }
}
