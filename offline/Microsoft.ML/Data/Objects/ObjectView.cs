using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A sequence of objects as rows; every cursor enumerates it anew.</summary>
internal sealed class ObjectView<TRow>(IEnumerable<TRow> data, SchemaDefinition definition) : IDataView where TRow : class
{
    private readonly ObjectReader<TRow> _reader = new(definition);

    public bool CanShuffle => false;

    public DataViewSchema Schema => _reader.Schema;

    public long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(_reader, data, ActiveColumns.Of(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly Delegate[] _getters;
        private TRow _current;

        public Cursor(ObjectReader<TRow> reader, IEnumerable<TRow> data, bool[] active) : base(reader.Schema, active)
        {
            _rows = data.GetEnumerator();
            _getters = new Delegate[active.Length];
            for (int i = 0; i < active.Length; i++)
                if (active[i]) _getters[i] = reader.MakeGetter(i, Current);
        }

        protected override bool MoveNextCore()
        {
            bool moved = _rows.MoveNext();
            _current = moved ? _rows.Current : null;
            Check.That(!moved || _current != null, "Encountered null when iterating over data, this is not supported.");
            return moved;
        }

        private TRow Current() => _current ?? throw NoRow();

        protected override Delegate Getter(int column) => _getters[column];

        protected override ValueGetter<TValue> Typed<TValue>(DataViewSchema.Column column) => Getters.Cast<TValue>(_getters[column.Index], column);

        protected override void DisposeCore()
        {
            _current = null;
            _rows.Dispose();
        }
    }
}
