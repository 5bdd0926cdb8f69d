using System.Runtime.CompilerServices;

namespace ResNet.Core;

/// <summary>
/// Learning-rate schedules. Rates change at every step; at whole epochs those named after one of torch's schedulers have its
/// values. All are immutable and safe to share.
/// </summary>
public static class LearningRateSchedule
{
    /// <summary>The same rate throughout.</summary>
    public static ILearningRateSchedule Constant { get; } = Named(_ => 1);

    /// <summary>÷10 at each milestone, in shares of the run (He et al. 2015).</summary>
    /// <param name="milestones">Shares of the run, ascending, between 0 and 1. Default: 0.5 and 0.75, the paper's 32k and 48k of 64k.</param>
    public static ILearningRateSchedule StepDecay(params double[] milestones)
    {
        double[] steps = milestones.Length == 0 ? [0.5, 0.75] : [.. milestones];
        if (steps.Any(step => step is not (> 0 and < 1)) || !steps.SequenceEqual(steps.Order()))
        {
            throw new ArgumentException($"Milestones must ascend, each between 0 and 1, but they are {string.Join(", ", steps)}.", nameof(milestones));
        }

        return Named(position => Math.Pow(0.1, steps.Count(step => position.Progress >= step)));
    }

    /// <summary>Multiplied by <paramref name="gamma"/> every so many epochs (torch's StepLR; ImageNet's recipe: 30 epochs).</summary>
    /// <param name="epochs">Epochs between two steps, at least 1.</param>
    /// <param name="gamma">Factor of each step, above 0 to 1. Default 0.1.</param>
    public static ILearningRateSchedule Step(int epochs, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        CheckFactor(gamma, nameof(gamma));
        return Named(position => Math.Pow(gamma, Math.Floor(position.Epoch / epochs)));
    }

    /// <summary>Multiplied by <paramref name="gamma"/> after each of these numbers of epochs (torch's MultiStepLR).</summary>
    /// <param name="gamma">Factor of each step, above 0 to 1; 0.1 is customary.</param>
    /// <param name="milestones">Numbers of epochs, ascending, each at least 1.</param>
    public static ILearningRateSchedule MultiStep(double gamma, params int[] milestones)
    {
        CheckFactor(gamma, nameof(gamma));
        int[] steps = [.. milestones];
        if (steps.Length == 0 || steps[0] < 1 || !steps.SequenceEqual(steps.Order()))
        {
            throw new ArgumentException($"Milestones must be epochs from 1, ascending, but they are [{string.Join(", ", steps)}].", nameof(milestones));
        }

        return Named(position => Math.Pow(gamma, steps.Count(step => position.Epoch >= step)));
    }

    /// <summary>
    /// Multiplied by <paramref name="gamma"/> each epoch (torch's ExponentialLR); with <paramref name="epochs"/> and
    /// <paramref name="staircase"/> as ML.NET's ExponentialLRDecay, whose values are 0.94, 2 and true.
    /// </summary>
    /// <param name="gamma">Factor, above 0 to 1.</param>
    /// <param name="epochs">Epochs that one factor is spread over, above 0. Default 1.</param>
    /// <param name="staircase">true: the rate changes only after each <paramref name="epochs"/>. Default false: at every step.</param>
    public static ILearningRateSchedule Exponential(double gamma, double epochs = 1, bool staircase = false)
    {
        CheckFactor(gamma, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        return Named(position => Math.Pow(gamma, staircase ? Math.Floor(position.Epoch / epochs) : position.Epoch / epochs));
    }

    /// <summary>Down to <paramref name="minimum"/> as a power of what is left of the run (torch's PolynomialLR, total_iters = all steps).</summary>
    /// <param name="power">The power, above 0. Default 1: a straight line.</param>
    /// <param name="minimum">The factor at the end, 0 (default) to below 1.</param>
    public static ILearningRateSchedule Polynomial(double power = 1, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(power);
        CheckMinimum(minimum);
        return Named(position => minimum + ((1 - minimum) * Math.Pow(1 - position.Progress, power)));
    }

    /// <summary>
    /// Up from 4 % to the full rate and down to almost nothing, both along a cosine (Smith 2018; torch's OneCycleLR, fastai's
    /// fit_one_cycle). LearningRate is the peak.
    /// </summary>
    /// <param name="warmUp">Share of the run that rises, above 0 and below 1 (pct_start). Default 0.3.</param>
    /// <param name="divisor">The peak over the first rate, at least 1 (div_factor). Default 25.</param>
    /// <param name="finalDivisor">The first rate over the last, at least 1 (final_div_factor). Default 1e4.</param>
    public static ILearningRateSchedule OneCycle(double warmUp = 0.3, double divisor = 25, double finalDivisor = 1e4)
    {
        CheckShare(warmUp, nameof(warmUp));
        ArgumentOutOfRangeException.ThrowIfLessThan(divisor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(finalDivisor, 1);
        return Named(position =>
        {
            // The last step has the last rate, so the way is one step shorter than the run; the rise ends on a step, too.
            var (peak, end) = ((warmUp * position.Steps) - 1, position.Steps - 1);
            return position.Step <= peak && peak > 0
                ? Cosine(from: 1 / divisor, to: 1, position.Step / peak)
                : Cosine(from: 1, to: 1 / (divisor * finalDivisor), (position.Step - Math.Max(peak, 0)) / Math.Max(end - Math.Max(peak, 0), 1));
        });
    }

    /// <summary>Down along half a cosine (Loshchilov and Hutter 2017; torch's CosineAnnealingLR, T_max = all steps).</summary>
    /// <param name="warmUp">Share of the run before that in which the rate rises in a straight line from 0; 0 (default: none) to below 1.</param>
    /// <param name="minimum">The factor at the end, 0 (default) to below 1.</param>
    public static ILearningRateSchedule CosineDecay(double warmUp = 0, double minimum = 0)
    {
        if (warmUp != 0)
        {
            CheckShare(warmUp, nameof(warmUp));
        }

        CheckMinimum(minimum);
        return Named(position => position.Progress < warmUp
            ? position.Progress / warmUp
            : Cosine(from: 1, to: minimum, (position.Progress - warmUp) / (1 - warmUp)));
    }

    /// <summary>
    /// A straight rise to the full rate before any schedule, which then has the rest of the run as its whole (torch's LinearLR in
    /// a SequentialLR, as torchvision's reference training has it; Goyal et al. 2017).
    /// </summary>
    /// <param name="schedule">What follows the rise.</param>
    /// <param name="epochs">Epochs of the rise, above 0; 5 is customary on ImageNet. In a run no longer than that the rate rises throughout.</param>
    /// <param name="start">The factor of the first step, above 0 to 1. Default 0.01.</param>
    public static ILearningRateSchedule WarmUp(this ILearningRateSchedule schedule, double epochs, double start = 0.01)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        CheckFactor(start, nameof(start));
        return Named(position =>
        {
            var rise = (long)Math.Round(position.Steps * epochs / position.Epochs);
            return position.Step < rise
                ? start + ((1 - start) * position.Step / rise)
                : schedule.Factor(new SchedulePosition(
                    position.Step - rise, position.Steps - rise, position.Epochs * (position.Steps - rise) / position.Steps));
        });
    }

    /// <summary>Any function of the run's position as a schedule.</summary>
    public static ILearningRateSchedule From(Func<SchedulePosition, double> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return Named(factor);
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

    private static void CheckFactor(double factor, string parameter)
    {
        if (factor is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(parameter, factor, "The factor must be above 0, at most 1.");
        }
    }

    private static void CheckMinimum(double minimum)
    {
        if (minimum is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "The smallest factor must be 0 to below 1.");
        }
    }

    private static ILearningRateSchedule Named(Func<SchedulePosition, double> factor, [CallerMemberName] string name = "") => new Function(factor, name);

    // Its name is for records of a run.
    private sealed class Function(Func<SchedulePosition, double> factor, string name) : ILearningRateSchedule
    {
        public override string ToString() => name;

        public double Factor(SchedulePosition position) => factor(position);
    }
}
