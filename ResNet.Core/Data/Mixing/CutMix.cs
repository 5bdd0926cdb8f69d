using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>The same rectangle of each image replaced by that of the one before in the batch.</summary>
internal sealed class CutMix(double alpha) : IBatchMixing
{
    private readonly double alpha = OptionCheck.Positive(alpha, nameof(alpha));

    public ImageBatch Mix(ImageBatch batch, int classes, Random random)
    {
        var (height, width) = (batch.Pixels.shape[2], batch.Pixels.shape[3]);
        var half = 0.5 * Math.Sqrt(1 - Shares.Beta(alpha, random));
        var (x, y) = (random.NextInt64(width), random.NextInt64(height));
        var (left, right) = (Math.Max(x - (long)(half * width), 0), Math.Min(x + (long)(half * width), width));
        var (top, bottom) = (Math.Max(y - (long)(half * height), 0), Math.Min(y + (long)(half * height), height));

        using var scope = NewDisposeScope();
        var pixels = batch.Pixels.clone();
        Box(pixels).copy_(Box(batch.Pixels.roll(1, 0)));

        // The rectangle may have been cut at the border: its true share counts.
        var own = 1 - ((double)(right - left) * (bottom - top) / (width * height));
        return new ImageBatch(pixels.MoveToOuterDisposeScope(), Shares.Mixed(batch.Labels, classes, own).MoveToOuterDisposeScope());

        Tensor Box(Tensor images) => images.narrow(2, top, bottom - top).narrow(3, left, right - left);
    }

    public override string ToString() => FormattableString.Invariant($"cutmix ({alpha})");
}
