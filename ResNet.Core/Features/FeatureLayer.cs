namespace ResNet.Core;

/// <summary>Which of a network's values are taken as an image's features. Immutable.</summary>
public sealed record FeatureLayer
{
    /// <summary>The embedding: what the classifier sees, the last maps averaged over height and width.</summary>
    public static FeatureLayer Embedding { get; } = new();

    /// <summary>The stage whose maps are taken, from 1 to <see cref="ClassificationNetwork.StageCount"/>. null (default): the last one.</summary>
    public int? Stage { get; init => field = value is { } stage ? OptionCheck.AtLeast(1, stage) : null; }

    /// <summary>Whether each map is averaged to one value: channels values an image (default), else channels×height×width.</summary>
    public bool Pooled { get; init; } = true;

    /// <summary>The maps of a stage.</summary>
    /// <param name="stage">From 1.</param>
    /// <param name="pooled">Whether each map is averaged to one value. Default true.</param>
    public static FeatureLayer OfStage(int stage, bool pooled = true) => new() { Stage = stage, Pooled = pooled };
}
