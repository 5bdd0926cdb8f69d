namespace Microsoft.ML.Transforms;

public sealed partial class NormalizingTransformer
{
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase() { }
    }

    /// <summary>(x - Offset) · Scale; arrays with one value a slot for vectors.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset) => (Scale, Offset) = (scale, offset);

        public TData Scale { get; }

        public TData Offset { get; }
    }

    /// <summary>The normal distribution function of the mean and deviation.</summary>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog) =>
            (Mean, StandardDeviation, UseLog) = (mean, standardDeviation, useLog);

        public TData Mean { get; }

        public TData StandardDeviation { get; }

        public bool UseLog { get; }
    }
}
