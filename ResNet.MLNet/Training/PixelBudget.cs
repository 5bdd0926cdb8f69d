namespace ResNet.MLNet.Training;

/// <summary>How much memory the images of one training may take together, and the folder for what goes beyond it.</summary>
internal sealed class PixelBudget(long memory, string folder)
{
    private long _left = memory;

    public string Folder => folder;

    public bool TryTake(long bytes)
    {
        if (bytes > _left) return false;
        _left -= bytes;
        return true;
    }
}
