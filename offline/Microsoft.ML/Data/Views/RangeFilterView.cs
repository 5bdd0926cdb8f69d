namespace Microsoft.ML.Data;

/// <summary>The rows whose value in a column, or their place among a key's values, lies in a range.</summary>
internal sealed class RangeFilterView(IDataView source, RowNumber number, NumberRange range) : FilterView(source)
{
    public override bool CanShuffle => number.AnyOrder && Source.CanShuffle;

    protected override bool AnyOrder => number.AnyOrder;

    protected override IEnumerable<DataViewSchema.Column> TestColumns => number.Columns;

    protected override Func<bool> MakeTest(DataViewRow row)
    {
        var get = number.Bind(row);
        return () => range.Holds(get());
    }
}

/// <summary>A range of numbers, or all numbers outside it. NaN is in neither.</summary>
internal readonly record struct NumberRange(double Min, double Max, bool IncludeMax = false, bool Complement = false)
{
    public bool Holds(double value) => Complement
        ? value < Min || (IncludeMax ? value > Max : value >= Max)
        : value >= Min && (IncludeMax ? value <= Max : value < Max);
}
