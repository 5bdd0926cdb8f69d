using System.Text;

namespace Microsoft.ML.Data;

/// <summary>
/// Splits a line into fields. Spaces before a field are dropped unless a space separates; a field may be quoted,
/// with quotes in it doubled or escaped; in sparse lines index:value pairs follow the number of fields they stand for.
/// </summary>
internal sealed class FieldReader(TextLoader.Options options)
{
    private readonly char[] _separators = options.Separators;
    private readonly bool _spaceSeparates = options.Separators.Contains(' ');
    private readonly StringBuilder _quoted = new();
    private readonly List<(int Index, ReadOnlyMemory<char> Text)> _fields = [];
    private int _inputSize;
    private int _at;

    /// <summary>The fields of the last line that are not empty, by ascending index.</summary>
    public IReadOnlyList<(int Index, ReadOnlyMemory<char> Text)> Fields => _fields;

    /// <summary>A field of the last line; empty where it has none.</summary>
    public ReadOnlyMemory<char> this[int index]
    {
        get
        {
            int at = Find(index);
            return at < _fields.Count && _fields[at].Index == index ? _fields[at].Text : default;
        }
    }

    /// <summary>The place of the first field of at least that index.</summary>
    public int Find(int index)
    {
        int low = 0, high = _fields.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_fields[middle].Index < index) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Reads a line; the number of fields that it has.</summary>
    public int Read(string line)
    {
        _fields.Clear();
        _at = 0;
        _inputSize = options.InputSize ?? 0;
        var text = options.TrimWhitespace ? line.AsMemory().TrimEnd() : line.AsMemory();
        int next = 0, sparseFrom = -1;
        for (bool more = true; more;)
        {
            more = ReadField(text, out var field, out int index);
            if (index < 0)
            {
                // A plain value behind sparse ones ends the line.
                if (sparseFrom >= 0) break;
                if (!field.IsEmpty) _fields.Add((next, field));
                next++;
                continue;
            }
            if (sparseFrom < 0 && !StartSparse(next, out sparseFrom)) break;
            if (sparseFrom + index >= _inputSize || _fields.Count > 0 && _fields[^1].Index >= sparseFrom + index) break;
            if (!field.IsEmpty) _fields.Add((sparseFrom + index, field));
        }
        return sparseFrom >= 0 ? _inputSize : options.AllowSparse ? Math.Max(next, _inputSize) : next;
    }

    /// <summary>The field before the first pair says how many fields the pairs stand for, unless the line's size is known.</summary>
    private bool StartSparse(int next, out int from)
    {
        from = -1;
        if (_fields.Count == 0 || _fields[^1].Index != next - 1 || !int.TryParse(_fields[^1].Text.Span, out int count) || count <= 0) return false;
        from = _fields[^1].Index;
        if (options.InputSize > 0 && from + count != options.InputSize) return false;
        _inputSize = from + count;
        _fields.RemoveAt(_fields.Count - 1);
        return true;
    }

    private bool IsSeparator(char c) => Array.IndexOf(_separators, c) >= 0;

    private void SkipSpaces(ReadOnlySpan<char> line)
    {
        while (!_spaceSeparates && _at < line.Length && line[_at] == ' ') _at++;
    }

    /// <summary>Reads the next field; false if it is the last.</summary>
    private bool ReadField(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> field, out int index)
    {
        var line = text.Span;
        SkipSpaces(line);
        index = options.AllowSparse ? ReadIndex(line) : -1;
        if (_at < line.Length && line[_at] == '"' && options.AllowQuoting) field = ReadQuoted(line);
        else
        {
            int start = _at;
            while (_at < line.Length && !IsSeparator(line[_at])) _at++;
            field = text[start.._at];
        }
        return _at++ < line.Length;
    }

    private int ReadIndex(ReadOnlySpan<char> line)
    {
        int end = _at;
        while (end < line.Length && end < _at + 9 && char.IsAsciiDigit(line[end])) end++;
        if (end == _at || end >= line.Length || line[end] != ':') return -1;
        int index = int.Parse(line[_at..end]);
        _at = end + 1;
        SkipSpaces(line);
        return index;
    }

    /// <summary>A quoted field; empty if the quotes are not closed or something follows them.</summary>
    private ReadOnlyMemory<char> ReadQuoted(ReadOnlySpan<char> line)
    {
        _quoted.Clear();
        bool closed = false;
        for (_at++; _at < line.Length && !closed; _at++)
        {
            bool escaped = line[_at] == options.EscapeChar && _at + 1 < line.Length && line[_at + 1] == '"';
            if (escaped) _quoted.Append(line[++_at]);
            else if (line[_at] == '"') closed = true;
            else _quoted.Append(line[_at]);
        }
        bool good = closed;
        for (; _at < line.Length && !IsSeparator(line[_at]); _at++) good &= line[_at] == ' ';
        return good ? _quoted.ToString().AsMemory() : default;
    }
}
