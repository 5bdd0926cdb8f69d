namespace ResNet.Core;

/// <summary>The loss is no longer a finite number, so the latest weights are of no use: training stopped.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int epoch, int batch, double learningRate, double loss)
        : base(
            $"Training diverged: the loss is {loss} in epoch {epoch}, batch {batch}, at learning rate {learningRate:g4}. " +
            "Try a learning rate ten times lower, a schedule that warms up, or larger batches; " +
            "and check that pixel values are 0..255 and finite.") =>
        (Epoch, Batch, LearningRate) = (epoch, batch, learningRate);

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch in the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The learning rate of that batch's step.</summary>
    public double LearningRate { get; }
}
