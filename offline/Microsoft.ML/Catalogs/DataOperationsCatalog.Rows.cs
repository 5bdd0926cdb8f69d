using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Check.NotNull(input, nameof(input));
        foreach (string name in columnsToPrefetch ?? [])
            if (input.Schema.GetColumnOrNull(name) == null) throw Errors.MissingColumn("prefetch", name, nameof(columnsToPrefetch));
        return new CacheView(input, columnsToPrefetch);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffleView(input, seed ?? Environment.Register("Shuffle").Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new SliceView(input, skip: 0, take: count);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new SliceView(input, skip: count, take: long.MaxValue);
    }

    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        Check.NotNull(input, nameof(input));
        Check.NotEmpty(columnName, nameof(columnName));
        Check.Param(lowerBound < upperBound, nameof(upperBound), "Must be less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType) throw Errors.WrongColumn("filter", columnName, "number", column.Type.ToString(), nameof(columnName));
        // Of the numbers only floats can be filtered by range.
        bool real = column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double;
        Check.Param(real, "Column", $"Column '{columnName}' does not have compatible type");
        return new RangeFilterView(input, RowNumber.Of(column), new NumberRange(lowerBound, upperBound));
    }

    public IDataView FilterRowsByKeyColumnFraction(IDataView input, string columnName, double lowerBound = 0, double upperBound = 1)
    {
        Check.NotNull(input, nameof(input));
        Check.NotEmpty(columnName, nameof(columnName));
        Check.Param(0 <= lowerBound && lowerBound <= 1, nameof(lowerBound), "Must be in [0, 1]");
        Check.Param(0 <= upperBound && upperBound <= 1, nameof(upperBound), "Must be in [0, 1]");
        Check.Param(lowerBound <= upperBound, nameof(upperBound), "Must be no less than lowerBound");
        var column = input.Schema[columnName];
        if (column.Type is not KeyDataViewType) throw Errors.WrongColumn("filter", columnName, "KeyType", column.Type.ToString(), nameof(columnName));
        return new RangeFilterView(input, RowNumber.Of(column), new NumberRange(lowerBound, upperBound));
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(columns is { Length: > 0 }, nameof(columns));
        return new MissingFilterView(input, columns);
    }

    public IDataView BootstrapSample(IDataView input, int? seed = null, bool complement = false)
    {
        Check.NotNull(input, nameof(input));
        return new BootstrapView(input, seed ?? Environment.Register("BootstrapSample").Rand.Next(), complement);
    }
}
