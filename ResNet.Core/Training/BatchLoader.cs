using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Brings batches of a dataset to the device, checked, and changed at random where a generator is given.</summary>
internal sealed class BatchLoader(IImageDataset data, int classes, TrainingOptions options, Device device)
{
    /// <summary>The images with these indices, outside every dispose scope: the caller owns the batch.</summary>
    /// <param name="indices">Into the dataset.</param>
    /// <param name="random">The augmentation's randomness; null: images as they are.</param>
    public ImageBatch Load(ReadOnlySpan<int> indices, Random? random)
    {
        using var scope = NewDisposeScope();
        using var batch = data.GetBatch(indices);
        Check(batch.Labels, indices);
        var pixels = batch.Pixels.to(device);
        var labels = batch.Labels.to(device);
        if (random is null)
        {
            return new ImageBatch(Own(pixels), Own(labels));
        }

        pixels = options.Augmentation.Apply(pixels, random);
        if (options.Mixing is null)
        {
            return new ImageBatch(Own(pixels), Own(labels));
        }

        using var augmented = new ImageBatch(pixels.alias(), labels.alias());
        using var mixed = options.Mixing.Mix(augmented, classes, random);
        return new ImageBatch(Own(mixed.Pixels), Own(mixed.Labels));

        static Tensor Own(Tensor tensor) => tensor.alias().DetachFromDisposeScope();
    }

    private void Check(Tensor labels, ReadOnlySpan<int> indices)
    {
        if (options.Loss.IsPerClass && labels.dtype == ScalarType.Float32 && labels.shape is [var images, var each] && images == indices.Length)
        {
            if (each != classes)
            {
                throw new ArgumentException($"The network has {classes} classes, but the images have {each} labels each.");
            }

            return;
        }

        if (labels.dtype != ScalarType.Int64 || labels.NumberOfElements != indices.Length)
        {
            throw new ArgumentException(
                (labels.dtype == ScalarType.Float32 ? $"With the loss {options.Loss} each image has one class; give LossFunction.BinaryCrossEntropy for several. " : "") +
                $"A batch must have one int64 label an image, but {indices.Length} images came with {labels.NumberOfElements} of {labels.dtype}.");
        }

        var values = MemoryMarshal.Cast<byte, long>(labels.cpu().bytes);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= classes)
            {
                throw new ArgumentException($"Labels must be 0 to {classes - 1}, but image {indices[i]} has label {values[i]}.");
            }
        }
    }
}
