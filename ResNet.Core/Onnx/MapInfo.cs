namespace ResNet.Core;

/// <summary>One of the maps that a network lays over an image (timm's <c>feature_info</c>).</summary>
/// <param name="Name">What it is called: "layer3", "P4", "Logits".</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Reduction">Input pixels, along a side, for each of its pixels: 4, or 0.5 where the map is twice as large as the image.</param>
public sealed record MapInfo(string Name, int Channels, double Reduction);
