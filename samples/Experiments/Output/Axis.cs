using System.Globalization;

namespace Experiments;

/// <summary>One axis of a chart: values to 0..1, and round values to label it with.</summary>
internal sealed class Axis
{
    private readonly double low, high;
    private readonly bool logarithmic;

    /// <param name="values">What must fit on it; of a logarithmic axis, those above 0.</param>
    /// <param name="logarithmic">Powers of ten at equal distances.</param>
    public Axis(IEnumerable<double> values, bool logarithmic)
    {
        this.logarithmic = logarithmic;
        var usable = values.Where(IsShown).Select(Scaled).DefaultIfEmpty(0).ToArray();
        (low, high) = (usable.Min(), usable.Max());
        if (high - low < 1e-9)
            (low, high) = (low - 0.5, high + 0.5);
        Step = NiceStep(high - low, logarithmic);
        (low, high) = (Math.Floor((low / Step) + 1e-9) * Step, Math.Ceiling((high / Step) - 1e-9) * Step);
    }

    private double Step { get; }

    public bool IsShown(double value) => double.IsFinite(value) && (!logarithmic || value > 0);

    /// <summary>0 at the axis's start, 1 at its end.</summary>
    public double Place(double value) => (Scaled(value) - low) / (high - low);

    /// <summary>Round values with their labels.</summary>
    public IEnumerable<(double Place, string Label)> Ticks() =>
        Enumerable.Range(0, (int)Math.Round((high - low) / Step) + 1).Select(i => low + (i * Step))
            .Select(tick => ((tick - low) / (high - low), Label(tick)));

    private double Scaled(double value) => logarithmic ? Math.Log10(value) : value;

    private string Label(double tick) => logarithmic
        ? string.Create(CultureInfo.InvariantCulture, $"1e{tick:0.##}")
        : Math.Round(tick, 10).ToString("G6", CultureInfo.InvariantCulture);

    // 1, 2 or 5 times a power of ten, for about six ticks; whole decades where the axis is logarithmic.
    private static double NiceStep(double range, bool whole)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / 5)));
        var step = power * (range / 5 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return whole ? Math.Max(1, Math.Round(step)) : step;
    }
}
