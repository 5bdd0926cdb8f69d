using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Several augmentations, one after another.</summary>
internal sealed class Composition : IAugmentation
{
    private readonly IAugmentation[] augmentations;

    public Composition(IAugmentation[] augmentations)
    {
        ArgumentNullException.ThrowIfNull(augmentations);
        this.augmentations = [.. augmentations.Select(augmentation => OptionCheck.NotNull(augmentation, nameof(augmentations)))];
    }

    public Tensor Apply(Tensor pixels, Random random)
    {
        using var scope = NewDisposeScope();
        var result = pixels;
        foreach (var augmentation in augmentations)
        {
            result = augmentation.Apply(result, random);
        }

        return ReferenceEquals(result, pixels) ? pixels : result.MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Join(", ", augmentations.AsEnumerable());
}
