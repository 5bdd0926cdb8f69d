namespace ResNet.Core;

/// <summary>For each batch one of several mixings.</summary>
internal sealed class OneOfMixings : IBatchMixing
{
    private readonly IBatchMixing[] mixings;

    public OneOfMixings(IBatchMixing[] mixings)
    {
        ArgumentNullException.ThrowIfNull(mixings);
        this.mixings = mixings.Length > 0
            ? [.. mixings.Select(mixing => OptionCheck.NotNull(mixing, nameof(mixings)))]
            : throw new ArgumentException("Give at least one mixing.", nameof(mixings));
    }

    public ImageBatch Mix(ImageBatch batch, int classes, Random random) => mixings[random.Next(mixings.Length)].Mix(batch, classes, random);

    public override string ToString() => string.Join(" or ", mixings.AsEnumerable());
}
