using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Each image blended with the one before in the batch, all in the same share.</summary>
internal sealed class Mixup(double alpha) : IBatchMixing
{
    private readonly double alpha = OptionCheck.Positive(alpha, nameof(alpha));

    public ImageBatch Mix(ImageBatch batch, int classes, Random random)
    {
        using var scope = NewDisposeScope();
        var own = Shares.Beta(alpha, random);
        var pixels = batch.Pixels.to(ScalarType.Float32);
        return new ImageBatch(
            ((pixels * own) + (pixels.roll(1, 0) * (1 - own))).MoveToOuterDisposeScope(),
            Shares.Mixed(batch.Labels, classes, own).MoveToOuterDisposeScope());
    }

    public override string ToString() => FormattableString.Invariant($"mixup ({alpha})");
}
