using System.Globalization;

namespace Experiments;

/// <summary>Figures for a CSV file (RFC 4180).</summary>
internal sealed record Table(string Name, IReadOnlyList<string> Columns)
{
    private readonly List<object[]> rows = [];

    public IReadOnlyList<object[]> Rows => rows;

    /// <summary>Adds a row of as many values as there are columns.</summary>
    public void Add(params object[] values)
    {
        if (values.Length != Columns.Count)
            throw new ArgumentException($"{Name} has {Columns.Count} columns, but the row has {values.Length} values.", nameof(values));
        rows.Add(values);
    }

    public string ToCsv() => string.Concat(rows.Select(Line).Prepend(string.Join(',', Columns.Select(Quoted)) + "\r\n"));

    private static string Line(object[] row) => string.Join(',', row.Select(value => Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""))) + "\r\n";

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
