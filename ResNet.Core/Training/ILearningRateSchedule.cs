namespace ResNet.Core;

/// <summary>How the learning rate changes over a training run. Implement it, or see <see cref="LearningRateSchedule.From"/>, for one's own.</summary>
public interface ILearningRateSchedule
{
    /// <summary>The factor on <see cref="TrainingOptions.LearningRate"/>, 0 or more.</summary>
    /// <param name="progress">The share of the run's batches that is done: 0 at the first batch, below 1 at the last.</param>
    double Factor(double progress);
}
