using System.Text;

namespace Microsoft.ML.Data;

/// <summary>
/// The lines of text files that hold data, with their numbers: not empty ones and comments ("//", and "#" before
/// the first line), not the header of each file; lines that a quoted field joins are one.
/// </summary>
internal sealed class LineReader(TextLoader.Options options)
{
    public IEnumerable<(string Text, long Number)> Read(IMultiStreamSource files)
    {
        var lines = Enumerable.Range(0, files.Count).SelectMany(file => OfFile(files, file).Skip(options.HasHeader ? 1 : 0));
        return options.MaxRows is long limit ? lines.Take((int)Math.Min(limit, int.MaxValue)) : lines;
    }

    /// <summary>A file's lines, its header among them.</summary>
    public IEnumerable<(string Text, long Number)> OfFile(IMultiStreamSource files, int file)
    {
        using var reader = files.OpenTextReader(file);
        long number = 0;
        bool started = false;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line.StartsWith("//") || !started && line[0] == '#') continue;
            started = true;
            yield return (options.AllowQuoting && options.ReadMultilines ? Join(line, reader, number) : line, number);
        }
    }

    private string Join(string line, TextReader reader, long number)
    {
        bool open = EndsInQuotes(line, inside: false);
        if (!open) return line;
        var joined = new StringBuilder(line);
        while (open)
        {
            string next = reader.ReadLine() ?? throw new EndOfStreamException(
                $"A quoted field opened on line {number - 1} was never closed, and we've read to the last line in the file without finding the closing quote");
            joined.Append('\n').Append(next);
            open = EndsInQuotes(next, inside: true);
        }
        return joined.ToString();
    }

    /// <summary>Whether a quoted field is still open at the line's end.</summary>
    private bool EndsInQuotes(string line, bool inside)
    {
        bool fieldStarts = !inside;
        for (int i = 0; i < line.Length; i++)
        {
            if (inside)
            {
                if (line[i] == options.EscapeChar && i + 1 < line.Length && line[i + 1] == '"') i++;
                else if (line[i] == '"') inside = false;
            }
            else if (Array.IndexOf(options.Separators, line[i]) >= 0) fieldStarts = true;
            else if (line[i] == '"' && fieldStarts) (inside, fieldStarts) = (true, false);
            else if (line[i] != ' ') fieldStarts = false;
        }
        return inside;
    }
}
