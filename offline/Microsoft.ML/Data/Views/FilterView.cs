using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of a view that pass a test.</summary>
internal abstract class FilterView(IDataView source) : IDataView
{
    protected IDataView Source { get; } = Check.NotNull(source, "input");

    public virtual bool CanShuffle => Source.CanShuffle;

    public DataViewSchema Schema => Source.Schema;

    public long? GetRowCount() => null;

    /// <summary>Whether the test looks at a row alone, so that rows may come in any order and on many threads.</summary>
    protected virtual bool AnyOrder => true;

    /// <summary>The columns that the test reads.</summary>
    protected virtual IEnumerable<DataViewSchema.Column> TestColumns => [];

    /// <summary>The test of the cursor's current row, called once a row.</summary>
    protected abstract Func<bool> MakeTest(DataViewRow row);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        Filtered(Source.GetRowCursor(Needed(columnsNeeded), AnyOrder ? rand : null), columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => AnyOrder
        ? Array.ConvertAll(Source.GetRowCursorSet(Needed(columnsNeeded), n, rand), input => Filtered(input, columnsNeeded))
        : [GetRowCursor(columnsNeeded, rand)];

    private IEnumerable<DataViewSchema.Column> Needed(IEnumerable<DataViewSchema.Column> columns) => columns.Concat(TestColumns).DistinctBy(c => c.Index).ToArray();

    private DataViewRowCursor Filtered(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> columns) =>
        new Cursor(input, ActiveColumns.Of(Schema, columns), MakeTest(input));

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Func<bool> test) : LinkedCursor(input, active)
    {
        public override long Batch => Input.Batch;

        protected override bool MoveNextCore()
        {
            while (Input.MoveNext())
                if (test()) return true;
            return false;
        }
    }
}
