using System.Text.RegularExpressions;

namespace Microsoft.ML.Data;

/// <summary>The "#@ TextLoader{ … }" lines at the head of a text file, which say how to read it.</summary>
internal static partial class TextSchemaLines
{
    public const string Prefix = "#@";

    [GeneratedRegex(@"^\s*TextLoader\s*\{(.*)\}\s*$", RegexOptions.Singleline)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(?<name>[^:]+):(?:(?<kind>[A-Z][A-Z0-9])(?:\[(?<count>\d+)\])?:)?(?<ranges>[\d,*-]+)$")]
    private static partial Regex ColumnForm();

    /// <summary>The kinds' short names, by <see cref="DataKind"/> from 1.</summary>
    public static readonly string[] Kinds = ["I1", "U1", "I2", "U2", "I4", "U4", "I8", "U8", "R4", "R8", "TX", "BL", "TS", "DT", "DZ"];

    private static readonly Dictionary<string, char> SeparatorNames = new() { ["tab"] = '\t', ["space"] = ' ', ["comma"] = ',', ["colon"] = ':', ["semicolon"] = ';', ["bar"] = '|' };

    /// <summary>The name under which a separator is written.</summary>
    public static string NameOf(char separator) => SeparatorNames.FirstOrDefault(pair => pair.Value == separator).Key ?? separator.ToString();

    /// <summary>The columns that the first file's head gives, the options set as it says; null without such a head.</summary>
    public static TextLoader.Column[] Columns(IMultiStreamSource files, ref TextLoader.Options options)
    {
        if (files.Count == 0) return null;
        using var reader = files.OpenTextReader(0);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line && line.StartsWith(Prefix)) lines.Add(line[Prefix.Length..]);
        var match = Whole().Match(string.Join('\n', lines));
        if (!match.Success) return null;
        // What the head leaves out has its default.
        options = new TextLoader.Options { UseThreads = options.UseThreads, HeaderFile = options.HeaderFile, MaxRows = options.MaxRows };
        var columns = new List<TextLoader.Column>();
        foreach (string word in match.Groups[1].Value.Split((char[])null, StringSplitOptions.RemoveEmptyEntries)) Apply(word, options, columns);
        return [.. columns];
    }

    private static void Apply(string word, TextLoader.Options options, List<TextLoader.Column> columns)
    {
        if (word == "header+") options.HasHeader = true;
        else if (word is "quote+") options.AllowQuoting = true;
        else if (word is "sparse+") options.AllowSparse = true;
        else if (word.StartsWith("sep=")) options.Separators = [SeparatorNames.TryGetValue(word[4..], out char named) ? named : word[4]];
        else if (word.StartsWith("col=")) columns.Add(Column(word[4..]));
    }

    private static TextLoader.Column Column(string text)
    {
        var match = ColumnForm().Match(text);
        if (!match.Success) throw new InvalidOperationException("TextLoader options embedded in the file are invalid");
        int kind = Array.IndexOf(Kinds, match.Groups["kind"].Value);
        return new TextLoader.Column(match.Groups["name"].Value, kind < 0 ? DataKind.Single : (DataKind)(kind + 1),
            Array.ConvertAll(match.Groups["ranges"].Value.Split(','), Range),
            match.Groups["count"].Success ? new KeyCount(ulong.Parse(match.Groups["count"].Value)) : null);
    }

    private static TextLoader.Range Range(string text)
    {
        string[] ends = text.Split('-');
        int min = int.Parse(ends[0]);
        if (ends.Length == 1) return new TextLoader.Range(min);
        return ends[1] == "**" ? new TextLoader.Range { Min = min, VariableEnd = true, ForceVector = true }
            : ends[1] is "*" or "" ? new TextLoader.Range(min, null)
            : new TextLoader.Range(min, int.Parse(ends[1]));
    }
}
