namespace ResNet.Core;

/// <summary>What training minimises.</summary>
public enum LossFunction
{
    /// <summary>Softmax and cross-entropy: each image has one class (torch's <c>cross_entropy</c>).</summary>
    CrossEntropy,

    /// <summary>
    /// A sigmoid and binary cross-entropy for each class by itself: an image may have several classes or none (multi-label; torch's
    /// <c>binary_cross_entropy_with_logits</c>). With one class an image it is the loss of Wightman et al. 2021.
    /// </summary>
    BinaryCrossEntropy,
}
