namespace ResNet.Core;

/// <summary>Learning-rate schedules; all in shares of the whole run, so they hold for any number of epochs.</summary>
public static class LearningRateSchedule
{
    /// <summary>The same rate throughout.</summary>
    public static ILearningRateSchedule Constant { get; } = From(_ => 1);

    /// <summary>÷10 at each milestone (He et al. 2015; torch's MultiStepLR).</summary>
    /// <param name="milestones">Shares of the run, ascending, between 0 and 1. Default: 0.5 and 0.75, the paper's 32k and 48k of 64k.</param>
    public static ILearningRateSchedule StepDecay(params double[] milestones)
    {
        double[] steps = milestones.Length == 0 ? [0.5, 0.75] : [.. milestones];
        if (steps.Any(step => step is not (> 0 and < 1)) || !steps.SequenceEqual(steps.Order()))
        {
            throw new ArgumentException($"Milestones must ascend, each between 0 and 1, but they are {string.Join(", ", steps)}.", nameof(milestones));
        }

        return From(progress => Math.Pow(0.1, steps.Count(step => progress >= step)));
    }

    /// <summary>
    /// Up from 4 % to the full rate and down to almost nothing, both along a cosine (Smith 2018; torch's OneCycleLR).
    /// LearningRate is the peak.
    /// </summary>
    /// <param name="warmUp">Share of the run that rises, above 0 and below 1. Default 0.3.</param>
    public static ILearningRateSchedule OneCycle(double warmUp = 0.3)
    {
        CheckShare(warmUp, nameof(warmUp));
        return From(progress => progress < warmUp
            ? Cosine(from: 1.0 / 25, to: 1, progress / warmUp)
            : Cosine(from: 1, to: 1.0 / 25e4, (progress - warmUp) / (1 - warmUp)));
    }

    /// <summary>Linear warm-up, then down to 0 along half a cosine (Loshchilov and Hutter 2017).</summary>
    /// <param name="warmUp">Share of the run that rises, 0 (default: none) to below 1.</param>
    public static ILearningRateSchedule CosineDecay(double warmUp = 0)
    {
        if (warmUp != 0)
        {
            CheckShare(warmUp, nameof(warmUp));
        }

        return From(progress => progress < warmUp ? progress / warmUp : Cosine(from: 1, to: 0, (progress - warmUp) / (1 - warmUp)));
    }

    /// <summary>Any function of the run's progress, 0 to 1, as a schedule.</summary>
    public static ILearningRateSchedule From(Func<double, double> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new Function(factor);
    }

    private static double Cosine(double from, double to, double share) =>
        to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);

    private static void CheckShare(double share, string parameter)
    {
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(parameter, share, "The share of the run must be above 0 and below 1.");
        }
    }

    private sealed class Function(Func<double, double> factor) : ILearningRateSchedule
    {
        public double Factor(double progress) => factor(progress);
    }
}
