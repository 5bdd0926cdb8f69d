namespace ResNet.Core;

/// <summary>
/// Labelled images of one shape, read in batches of any order. A <see cref="Trainer"/> calls it from one thread at a time.
/// </summary>
public interface IImageDataset
{
    /// <summary>Number of images.</summary>
    int Count { get; }

    /// <summary>Channels of each image, such as 3.</summary>
    int Channels { get; }

    /// <summary>Height of each image in pixels.</summary>
    int Height { get; }

    /// <summary>Width of each image in pixels.</summary>
    int Width { get; }

    /// <summary>Number of classes; labels are 0 to <c>Classes − 1</c>.</summary>
    int Classes { get; }

    /// <summary>
    /// The classes of each image. Unless implemented, all images are read for it, once a call; it is asked for only where training
    /// balances the classes.
    /// </summary>
    ImageLabels Labels => DatasetLabels.Read(this);

    /// <summary>The images with these indices, 0 to <c>Count − 1</c>, in this order. The caller owns the batch.</summary>
    ImageBatch GetBatch(ReadOnlySpan<int> indices);
}
