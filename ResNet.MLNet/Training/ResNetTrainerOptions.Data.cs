using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <content>How images are held, and what becomes of those that cannot be read.</content>
public abstract partial class ResNetTrainerOptions
{
    /// <summary>Bytes of memory that the images of a training may take, from 0; those of validation count, too. What is beyond goes to a
    /// temporary file in <see cref="WorkspacePath"/> and is read back batch by batch; the model is the same, to the bit. Default null: half of
    /// the memory that the process may use (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>).</summary>
    public long? ImageCacheMemory
    {
        get;
        set => field = value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ImageCacheMemory), value, $"{nameof(ImageCacheMemory)} must be a number of bytes from 0, or null.");
    }

    /// <summary>What to do about rows whose image cannot be read: a damaged or absent file, no path, values that are not numbers.
    /// <see cref="UnusableImagePolicy.Throw"/> (default): an error names the row, and the file where a text column does;
    /// <see cref="UnusableImagePolicy.Skip"/>: they are left out, and the log and <see cref="ResNetTransformer.SkippedRows"/>
    /// list them. Their class must keep other images. ML.NET then decodes row by row, on one thread beside the network's.</summary>
    public UnusableImagePolicy UnreadableImages { get; set => field = OptionCheck.Defined(value); } = UnusableImagePolicy.Throw;

    /// <summary>What the model does about such rows when it scores: see <see cref="ScoringOptions.UnreadableImages"/>.</summary>
    public UnreadableScorePolicy ScoringUnreadableImages { get; set => field = OptionCheck.Defined(value); } = UnreadableScorePolicy.Throw;

    internal PixelBudget ImageBudget() =>
        new(ImageCacheMemory ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), WorkspacePath ?? FeatureCache.DefaultFolder);
}
