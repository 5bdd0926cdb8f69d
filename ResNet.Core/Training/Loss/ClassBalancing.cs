namespace ResNet.Core;

/// <summary>What to do where some classes have far more training images than others.</summary>
public enum ClassBalancing
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// Each class weighs images / (classes × images of the class) in the loss (scikit-learn's <c>class_weight="balanced"</c>). Where images
    /// may have several classes: images without the class / images with it, for those with it (torch's <c>pos_weight</c>).
    /// </summary>
    Weights,

    /// <summary>
    /// Each epoch draws as many images as there are, with replacement, each class equally often (torch's WeightedRandomSampler
    /// with one over the class's count). Where images may have several classes, a class is drawn first and an image of it then; those of none
    /// count as a class.
    /// </summary>
    Sampling,
}
