namespace ResNet.Core;

/// <summary>Features of labelled images, to train a classifier on.</summary>
/// <param name="Features">One array of the same length an image; an image may come several times, as augmented views.</param>
/// <param name="Labels">The class of each, 0 to <paramref name="Classes"/> − 1.</param>
/// <param name="Classes">Number of classes, at least 2.</param>
public sealed record FeatureSet(IReadOnlyList<float[]> Features, IReadOnlyList<int> Labels, int Classes);
