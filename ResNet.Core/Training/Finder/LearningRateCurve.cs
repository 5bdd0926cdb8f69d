namespace ResNet.Core;

/// <summary>What a learning-rate test found: losses at rising learning rates (Smith 2017; fastai's <c>lr_find</c>). Immutable.</summary>
public sealed class LearningRateCurve
{
    private readonly int planned;

    internal LearningRateCurve(double[] rates, double[] losses, int planned) => (Rates, Losses, this.planned) = (rates, losses, planned);

    /// <summary>The learning rate of each step, ascending.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The smoothed loss of each step.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>
    /// The rate in the middle of the longest valley of the losses, half-way down: a good learning rate (fastai's default, <c>valley</c>).
    /// null where the loss never falls, or there are too few steps.
    /// </summary>
    public double? Valley
    {
        get
        {
            var (rates, losses) = Considered();
            if (losses.Length < 2)
            {
                return null;
            }

            // The longest sequence of falling losses, not necessarily neighbours.
            var lengths = Enumerable.Repeat(1, losses.Length).ToArray();
            var (start, end) = (0, 0);
            for (var i = 1; i < losses.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (losses[i] < losses[j] && lengths[i] < lengths[j] + 1)
                    {
                        lengths[i] = lengths[j] + 1;
                    }

                    if (lengths[end] < lengths[i])
                    {
                        (start, end) = (i - lengths[i], i);
                    }
                }
            }

            var third = (end - start) / 3.0;
            return end == 0 ? null : rates[Math.Max(start + (int)third + (int)(third / 2), 0)];
        }
    }

    /// <summary>The rate at which the loss falls most steeply over the rate's logarithm (fastai's <c>steep</c>); null where there are too few steps.</summary>
    public double? Steepest
    {
        get
        {
            var (rates, losses) = Considered();
            return losses.Length < 2
                ? null
                : rates[Enumerable.Range(0, losses.Length - 1).MinBy(i => (losses[i + 1] - losses[i]) / Math.Log(rates[i + 1] / rates[i]))];
        }
    }

    // As fastai: without the first tenth of the steps and the last five.
    private (double[] Rates, double[] Losses) Considered()
    {
        var first = Math.Min(planned / 10, Losses.Count);
        var range = first..Math.Max(Losses.Count - 5, first);
        return ([.. Rates.ToArray()[range]], [.. Losses.ToArray()[range]]);
    }
}
