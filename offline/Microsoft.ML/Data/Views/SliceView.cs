namespace Microsoft.ML.Data;

/// <summary>So many rows of a view, after skipping so many.</summary>
internal sealed class SliceView(IDataView source, long skip, long take) : FilterView(source)
{
    public override bool CanShuffle => false;

    protected override bool AnyOrder => false;

    public override long? GetRowCount() => Source.GetRowCount() is long count ? Math.Min(Math.Max(0, count - skip), take) : null;

    protected override Func<RowTest> MakeTest(DataViewRow row)
    {
        long seen = 0;
        return () => ++seen <= skip ? RowTest.Skip : seen - skip <= take ? RowTest.Take : RowTest.End;
    }
}
