namespace ResNet.Core;

/// <summary>What makes probabilities of a network's logits.</summary>
public enum OutputActivation
{
    /// <summary>An image has one class: the probabilities add up to 1.</summary>
    Softmax,

    /// <summary>Each class is decided by itself: an image may have several, or none.</summary>
    Sigmoid,
}
