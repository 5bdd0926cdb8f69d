using System.Text;

namespace Microsoft.ML.Data;

/// <summary>
/// A line being written: fields by place, with each column's default for those not given. The line's end may be
/// written sparsely, as the number of fields left and index:value pairs, where that is much shorter.
/// </summary>
internal sealed class TextLine(char separator, bool dense)
{
    /// <summary>How much dearer a pair is than a plain field.</summary>
    private const double PairWeight = 2.5;

    private readonly List<(int Place, string Text)> _given = [];
    private readonly List<(int Start, int Given, string Default)> _columns = [];
    private int _length;

    public void Clear()
    {
        _given.Clear();
        _columns.Clear();
        _length = 0;
    }

    public void StartColumn(string defaultText, int length)
    {
        _columns.Add((_length, _given.Count, defaultText));
        _length += length;
    }

    /// <summary>A field of the column started last; one equal to the default may be left out.</summary>
    public void Add(int slot, string text)
    {
        var (start, _, defaultText) = _columns[^1];
        if (text != defaultText) _given.Add((start + slot, text));
    }

    public override string ToString()
    {
        int sparse = dense ? _columns.Count : FirstSparseColumn();
        int plainLength = sparse < _columns.Count ? _columns[sparse].Start : _length;
        var line = new StringBuilder();
        int given = 0, column = 0;
        for (int place = 0; place < plainLength; place++)
        {
            if (place > 0) line.Append(separator);
            while (column + 1 < _columns.Count && _columns[column + 1].Start <= place) column++;
            line.Append(given < _given.Count && _given[given].Place == place ? _given[given++].Text : _columns[column].Default);
        }
        if (sparse < _columns.Count) AppendPairs(line, sparse, plainLength);
        return line.ToString();
    }

    private int FirstSparseColumn()
    {
        int best = 0;
        double bestScore = PairWeight * _given.Count;
        for (int column = 1; column <= _columns.Count; column++)
        {
            bool end = column == _columns.Count;
            double score = (end ? _length : _columns[column].Start) + PairWeight * (end ? 0 : _given.Count - _columns[column].Given);
            if (score < bestScore) (best, bestScore) = (column, score);
        }
        int plain = best < _columns.Count ? _columns[best].Start : _length;
        int rest = _length - plain;
        return rest < 5 || rest < plain / 5 ? _columns.Count : best;
    }

    private void AppendPairs(StringBuilder line, int column, int plainLength)
    {
        if (plainLength > 0) line.Append(separator);
        line.Append(_length - plainLength);
        int first = _columns[column].Given;
        if (first == _given.Count) line.Append(separator).Append("0:").Append(_columns[column].Default);
        foreach (var (place, text) in _given.Skip(first)) line.Append(separator).Append(place - plainLength).Append(':').Append(text);
    }
}
