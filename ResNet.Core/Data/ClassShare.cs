namespace ResNet.Core;

/// <summary>One class of an image.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="Share">How far the image has it, above 0 to 1; 1: it has it.</param>
public readonly record struct ClassShare(int Class, float Share);
