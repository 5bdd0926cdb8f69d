using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <content>Training of the head alone. The backbone then runs once over all images and the head learns from what it gave, unless
/// <see cref="CachedViews"/> is 0, or <see cref="Mixing"/> or <see cref="Checkpoint"/> is set.</content>
public abstract partial class ResNetTrainerOptions
{
    internal const int DefaultAugmentedViews = 4;

    /// <summary>Where training of the head alone finds and keeps features of images; several runs may use it at once. It may be deleted
    /// at any time. Any training puts images there for its own duration that have no room in <see cref="ImageCacheMemory"/>. Default null: <see cref="FeatureCache.DefaultFolder"/>.</summary>
    public string? WorkspacePath
    {
        get;
        set => field = value is null || !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException($"{nameof(WorkspacePath)} must be a folder, or null.", nameof(WorkspacePath));
    }

    /// <summary>Whether features are kept in <see cref="WorkspacePath"/> and found there: by the contents of the images and of the network,
    /// so that nothing out of date is found. Default true; false: the disk is left alone.</summary>
    public bool ReuseFeatures { get; set; } = true;

    /// <summary>How many augmented views of each image the head learns from, from 1; an epoch passes over all of them. 0: no features are kept,
    /// and each epoch runs the whole network. Default null: 4 where there is an <see cref="Augmentation"/>, else the image itself.</summary>
    public int? CachedViews { get; set => field = value is { } views ? OptionCheck.AtLeast(0, views) : null; }
}
