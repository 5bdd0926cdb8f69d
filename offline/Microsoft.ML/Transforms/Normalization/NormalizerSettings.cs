namespace Microsoft.ML.Transforms;

/// <summary>What a normalizer learns: the range, the mean and deviation, or the normal distribution function of these.</summary>
internal enum Scaling
{
    Range,
    Deviation,
    Cdf,
}

/// <param name="Scaling">What is learnt.</param>
/// <param name="MaximumExampleCount">How many rows it is learnt from, at most.</param>
/// <param name="FixZero">Whether zero stays zero.</param>
internal sealed record NormalizerSettings(Scaling Scaling, long MaximumExampleCount, bool FixZero);
