using ResNet.MLNet;

namespace Classify;

/// <summary>The command line's values.</summary>
internal sealed record Settings(string[] Images, string Weights, string? Arch, string? Labels, int Top, string? Cache, string Device, ScoringEngine Engine);
