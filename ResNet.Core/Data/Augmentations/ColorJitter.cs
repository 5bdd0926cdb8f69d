using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Random brightness, contrast, saturation and hue, each image its own, in an order drawn for the batch.</summary>
internal sealed class ColorJitter : IAugmentation
{
    private readonly (Func<Tensor, double[], Tensor> Apply, double From, double To)[] changes;
    private readonly string text;

    public ColorJitter(double brightness, double contrast, double saturation, double hue)
    {
        if (hue is not (>= 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(hue), hue, "The hue's largest change must be 0 to 0.5.");
        }

        text = FormattableString.Invariant($"color jitter ({brightness}, {contrast}, {saturation}, {hue})");
        changes =
        [
            .. Factor(ColorOperations.Brightness, brightness, nameof(brightness)),
            .. Factor(ColorOperations.Contrast, contrast, nameof(contrast)),
            .. Factor(ColorOperations.Saturation, saturation, nameof(saturation)),
            .. hue == 0 ? [] : new (Func<Tensor, double[], Tensor>, double, double)[] { (ColorOperations.Hue, -hue, hue) },
        ];
    }

    public Tensor Apply(Tensor pixels, Random random)
    {
        using var scope = NewDisposeScope();
        var order = Enumerable.Range(0, changes.Length).ToArray();
        random.Shuffle(order);
        var images = Bytes.Of(pixels);
        foreach (var (change, from, to) in order.Select(index => changes[index]))
        {
            var values = new double[images.shape[0]];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = from + (random.NextDouble() * (to - from));
            }

            images = change(images, values);
        }

        return ReferenceEquals(images, pixels) ? pixels : images.MoveToOuterDisposeScope();
    }

    public override string ToString() => text;

    private static IEnumerable<(Func<Tensor, double[], Tensor>, double, double)> Factor(
        Func<Tensor, double[], Tensor> change, double amount, string parameter)
    {
        OptionCheck.NotNegative(amount, parameter);
        return amount == 0 ? [] : [(change, Math.Max(0, 1 - amount), 1 + amount)];
    }
}
