namespace Microsoft.ML.Transforms;

/// <summary>Range, mean and variance of a stream of numbers (Welford's way); NaN is passed over.</summary>
internal sealed class SlotStatistics
{
    private long _count;
    private double _squares;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double Mean { get; private set; }

    public double Variance => _count == 0 ? 0 : _squares / _count;

    public double Deviation => Math.Sqrt(Variance);

    public void Add(double value)
    {
        if (double.IsNaN(value)) return;
        (Min, Max) = (Math.Min(Min, value), Math.Max(Max, value));
        double away = value - Mean;
        Mean += away / ++_count;
        _squares += away * (value - Mean);
    }
}
