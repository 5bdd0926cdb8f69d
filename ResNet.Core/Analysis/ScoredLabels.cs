namespace ResNet.Core;

/// <summary>What a network says of images that may have several classes, and which they have. Immutable.</summary>
/// <param name="Probabilities">Images × classes, an image after the other: the sigmoids of the logits.</param>
/// <param name="Targets">Images × classes in the same order: whether the image has the class.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record ScoredLabels(IReadOnlyList<float> Probabilities, IReadOnlyList<bool> Targets, int Classes);
