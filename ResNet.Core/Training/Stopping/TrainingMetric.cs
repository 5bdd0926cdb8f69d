namespace ResNet.Core;

/// <summary>By which figure epochs are compared: that of the validation images where there are any, else of the training images.</summary>
public enum TrainingMetric
{
    /// <summary>Share classified correctly, the higher the better; of two that are equal, the one with the lower loss.</summary>
    Accuracy,

    /// <summary>Mean loss, the lower the better.</summary>
    Loss,

    /// <summary>
    /// Mean over the classes of their average precision (<see cref="AveragePrecision"/>), the higher the better: for images of several classes.
    /// It is measured on validation images alone; without any, the loss takes its place.
    /// </summary>
    MeanAveragePrecision,
}
