using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class DebuggerExtensions
{
    public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) => new(data, maxRows);

    public static DataDebuggerPreview Preview(this ITransformer transformer, IDataView data, int maxRows = 100) => new(transformer.Transform(data), maxRows);

    public static DataDebuggerPreview Preview(this IEstimator<ITransformer> estimator, IDataView data, int maxRows = 100, int maxTrainingRows = 100)
    {
        Check.NotNull(estimator, nameof(estimator));
        Check.NotNull(data, nameof(data));
        Check.Param(maxRows >= 0, nameof(maxRows));
        Check.Param(maxTrainingRows >= 0, nameof(maxTrainingRows));
        return new(estimator.Fit(new SliceView(data, skip: 0, take: maxTrainingRows)).Transform(data), maxRows);
    }

    public static DataDebuggerPreview Preview<TSource>(this IDataLoader<TSource> loader, TSource source, int maxRows = 100) => new(loader.Load(source), maxRows);
}
