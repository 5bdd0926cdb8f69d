namespace Microsoft.ML.Data;

/// <summary>Text files as rows; every cursor reads them anew.</summary>
internal sealed class TextView(IMultiStreamSource files, DataViewSchema schema, TextColumn[] columns, TextLoader.Options options) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, ActiveColumns.Of(schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private IEnumerator<(string Text, long Number)> Lines() => new LineReader(options).Read(files).GetEnumerator();

    private sealed class Cursor(TextView view, bool[] active) : RootCursor(view.Schema, active)
    {
        private readonly IEnumerator<(string Text, long Number)> _lines = view.Lines();
        private readonly FieldReader _fields = view.MakeReader();
        private readonly FieldParser[] _parsers = view.MakeParsers(active);
        private readonly bool _any = active.Contains(true);

        protected override bool MoveNextCore()
        {
            if (!_lines.MoveNext()) return false;
            if (!_any) return true;
            var (text, number) = _lines.Current;
            int count = _fields.Read(text);
            foreach (var parser in _parsers) parser?.Parse(_fields, count, number);
            return true;
        }

        protected override Delegate Getter(int column) => _parsers[column].MakeGetter(() =>
        {
            if (Position < 0) throw NoRow();
        });

        protected override void DisposeCore() => _lines.Dispose();
    }

    private FieldReader MakeReader() => new(options);

    private FieldParser[] MakeParsers(bool[] active) => [.. columns.Select((column, i) => active[i] ? FieldParser.Of(column, options) : null)];
}
