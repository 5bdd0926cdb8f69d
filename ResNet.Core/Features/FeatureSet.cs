namespace ResNet.Core;

/// <summary>Features of labelled images, to train a classifier on.</summary>
/// <param name="Features">One array of the same length an image; an image may come several times, as augmented views.</param>
/// <param name="Labels">The classes of each.</param>
public sealed record FeatureSet(IReadOnlyList<float[]> Features, ImageLabels Labels);
