namespace ResNet.MLNet;

/// <summary>From which probability on an image is said to have a class, where it may have several.</summary>
public enum ThresholdSelection
{
    /// <summary>The same for all classes: <see cref="ResNetMultiLabelTrainer.Options.Threshold"/>.</summary>
    Fixed,

    /// <summary>
    /// For each class the one with the highest F1 on the validation images, with the weights that the model has; classes that no validation
    /// image has keep <see cref="ResNetMultiLabelTrainer.Options.Threshold"/>. Figures at these thresholds on the same images are somewhat too good.
    /// </summary>
    BestF1,
}
