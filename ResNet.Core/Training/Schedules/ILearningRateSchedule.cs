namespace ResNet.Core;

/// <summary>
/// How the learning rate changes over a training run. Implement it, or see <see cref="LearningRateSchedule.From"/>, for one's own.
/// Implementations should keep no state: the position tells all, so one schedule serves any number of runs.
/// </summary>
public interface ILearningRateSchedule
{
    /// <summary>The factor on <see cref="TrainingOptions.LearningRate"/>, 0 or more.</summary>
    /// <param name="position">Where the run is, before the step that the rate is for.</param>
    double Factor(SchedulePosition position);
}
