using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class NormalizationCatalog
{
    private const long ManyExamples = 1000000000;

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
        long maximumExampleCount = ManyExamples, bool fixZero = true) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), new(Scaling.Range, maximumExampleCount, fixZero));

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = ManyExamples, bool fixZero = true) =>
        new(catalog.Environment, ColumnNames.Of(columns), new(Scaling.Range, maximumExampleCount, fixZero));

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
        long maximumExampleCount = ManyExamples, bool fixZero = true, bool useCdf = false) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), new(Deviation(useCdf), maximumExampleCount, fixZero));

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns,
        long maximumExampleCount = ManyExamples, bool fixZero = true, bool useCdf = false) =>
        new(catalog.Environment, ColumnNames.Of(columns), new(Deviation(useCdf), maximumExampleCount, fixZero));

    private static Scaling Deviation(bool useCdf) => useCdf ? Scaling.Cdf : Scaling.Deviation;
}
