using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public struct TrainTestData
    {
        internal TrainTestData(IDataView trainSet, IDataView testSet) => (TrainSet, TestSet) = (trainSet, testSet);

        public readonly IDataView TrainSet;

        public readonly IDataView TestSet;
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Check.NotNull(data, nameof(data));
        Check.Param(0 < testFraction && testFraction < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        return Split(data, SplitNumber(data, samplingKeyColumnName, seed), new NumberRange(0, testFraction));
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        Check.NotNull(data, nameof(data));
        Check.Param(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var number = SplitNumber(data, samplingKeyColumnName, seed);
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold =>
            Split(data, number, new NumberRange((double)fold / numberOfFolds, (double)(fold + 1) / numberOfFolds, IncludeMax: true)))];
    }

    private static TrainTestData Split(IDataView data, RowNumber number, NumberRange test) => new(
        new RangeFilterView(data, number, test with { Complement = true }),
        new RangeFilterView(data, number, test));

    /// <summary>The number in [0, 1] by which rows go to one part or the other; rows of equal sampling keys have equal numbers.</summary>
    private RowNumber SplitNumber(IDataView data, string key, int? seed)
    {
        seed ??= (Environment as MLContext)?.Seed;
        if (key == null) return RowNumber.Random(seed ?? Environment.Register("Split").Rand.Next());
        var column = data.Schema.GetColumnOrNull(key) ?? throw Errors.MissingColumn("SamplingKeyColumn", key, "samplingKeyColumn");
        if (column.Type is KeyDataViewType) return RowNumber.Of(column);
        if (column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double) return Scaled(data, column);
        return RowNumber.Hashed(column, (uint?)seed ?? ValueHash.DefaultSeed);
    }

    private static RowNumber Scaled(IDataView data, DataViewSchema.Column column)
    {
        var number = RowNumber.Of(column);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        using var cursor = data.GetRowCursor([column]);
        var get = number.Bind(cursor);
        while (cursor.MoveNext())
            if (get() is var value && !double.IsNaN(value)) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return RowNumber.Scaled(number, min, max);
    }
}
