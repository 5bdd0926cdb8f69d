using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How often rows of each class (the table's rows) were taken for each class (its columns).</summary>
public sealed class ConfusionMatrix
{
    private const string BadIndex = "Invalid index. Should be non-negative, less than the number of classes.";

    private readonly Lazy<string> _table;

    internal ConfusionMatrix(double[][] counts, string[] classNames)
    {
        NumberOfClasses = counts.Length;
        Counts = Array.ConvertAll(counts, IReadOnlyList<double> (row) => row.ToImmutableArray());
        PerClassRecall = PerClass(i => counts[i].Sum());
        PerClassPrecision = PerClass(i => counts.Sum(row => row[i]));
        _table = new(() => ConfusionTable.Format(this, classNames));

        // The share of the diagonal's count in a row's or column's total; zero for a class that never came up.
        IReadOnlyList<double> PerClass(Func<int, double> total) =>
            [.. Enumerable.Range(0, NumberOfClasses).Select(i => total(i) is > 0 and var all ? counts[i][i] / all : 0)];
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    public string GetFormattedConfusionTable() => _table.Value;

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check.Param(IsClass(predictedClassIndicatorIndex), nameof(predictedClassIndicatorIndex), BadIndex);
        Check.Param(IsClass(actualClassIndicatorIndex), nameof(actualClassIndicatorIndex), BadIndex);
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private bool IsClass(int index) => (uint)index < (uint)NumberOfClasses;
}
