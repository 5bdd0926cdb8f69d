using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <content>How images are held.</content>
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

    internal PixelBudget ImageBudget() =>
        new(ImageCacheMemory ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2), WorkspacePath ?? FeatureCache.DefaultFolder);
}
