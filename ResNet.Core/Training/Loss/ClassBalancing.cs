namespace ResNet.Core;

/// <summary>What to do where some classes have far more training images than others.</summary>
public enum ClassBalancing
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each class weighs images / (classes × images of the class) in the loss (scikit-learn's <c>class_weight="balanced"</c>).</summary>
    Weights,

    /// <summary>
    /// Each epoch draws as many images as there are, with replacement, each class equally often (torch's WeightedRandomSampler
    /// with one over the class's count).
    /// </summary>
    Sampling,
}
