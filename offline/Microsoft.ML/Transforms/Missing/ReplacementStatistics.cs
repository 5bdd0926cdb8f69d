using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>What missing values of a column are replaced with: one value, or one a slot.</summary>
internal static class ReplacementStatistics
{
    public static double[] Of(IDataView data, DataViewSchema.Column column, MissingValueReplacingEstimator.ReplacementMode mode, bool bySlot)
    {
        int slots = bySlot ? column.Type.ValueCount() : 1;
        if (mode == MissingValueReplacingEstimator.ReplacementMode.DefaultValue) return new double[1];
        var values = Array.ConvertAll(new int[slots], _ => new List<double>());
        foreach (var row in Rows(data, column))
            for (int i = 0; i < row.Length; i++)
                if (!double.IsNaN(row[i])) values[bySlot ? i : 0].Add(row[i]);
        return Array.ConvertAll(values, present => Of(present, mode));
    }

    private static double Of(List<double> values, MissingValueReplacingEstimator.ReplacementMode mode) => values.Count == 0 ? 0 : mode switch
    {
        MissingValueReplacingEstimator.ReplacementMode.Mean => values.Average(),
        MissingValueReplacingEstimator.ReplacementMode.Minimum => values.Min(),
        MissingValueReplacingEstimator.ReplacementMode.Maximum => values.Max(),
        _ => values.GroupBy(value => value).MaxBy(group => group.Count()).Key,
    };

    private static IEnumerable<double[]> Rows(IDataView data, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType vector when vector.ItemType == NumberDataViewType.Single => data.GetColumn<float[]>(column).Select(row => Array.ConvertAll(row, value => (double)value)),
        VectorDataViewType => data.GetColumn<double[]>(column),
        _ when column.Type == NumberDataViewType.Single => data.GetColumn<float>(column).Select(value => new[] { (double)value }),
        _ => data.GetColumn<double>(column).Select(value => new[] { value }),
    };
}
