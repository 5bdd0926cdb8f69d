using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Replaces a rectangle of each image by noise or a colour (Zhong et al. 2020; torchvision's RandomErasing).</summary>
internal sealed class RandomErasing(double probability, byte? fill) : IAugmentation
{
    private const double SmallestShare = 0.02, LargestShare = 0.33, MinimumRatio = 0.3, MaximumRatio = 3.3;
    private readonly double probability = OptionCheck.Share(probability, nameof(probability));

    public Tensor Apply(Tensor pixels, Random random)
    {
        var (count, height, width) = (pixels.shape[0], pixels.shape[2], pixels.shape[3]);
        var edges = new long[count * 4];
        for (var i = 0; i < count; i++)
        {
            if (random.NextDouble() < probability)
            {
                Rectangle(height, width, random).CopyTo(edges, i * 4);
            }
        }

        using var scope = NewDisposeScope();
        var box = tensor(edges, device: pixels.device).view(-1, 4, 1, 1);
        var (y, x) = (Axis(height).view(1, -1, 1), Axis(width).view(1, 1, -1));
        var inside = y.ge(box.select(1, 0)).logical_and(y.lt(box.select(1, 1)))
            .logical_and(x.ge(box.select(1, 2))).logical_and(x.lt(box.select(1, 3)));
        return where(inside.unsqueeze(1), Filling(pixels, random), pixels).MoveToOuterDisposeScope();

        Tensor Axis(long length) => arange(length, ScalarType.Int64, pixels.device);
    }

    public override string ToString() => FormattableString.Invariant($"random erasing ({probability})");

    private Tensor Filling(Tensor pixels, Random random)
    {
        if (fill is { } value)
        {
            return full(1, (int)value, dtype: pixels.dtype, device: pixels.device);
        }

        var noise = empty(pixels.shape, dtype: ScalarType.Byte);
        random.NextBytes(noise.bytes);
        return noise.to(pixels.dtype).to(pixels.device);
    }

    // Top, bottom, left, right; empty where ten tries find none that fits.
    private static long[] Rectangle(long height, long width, Random random)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var area = height * width * (SmallestShare + (random.NextDouble() * (LargestShare - SmallestShare)));
            var ratio = MinimumRatio * Math.Pow(MaximumRatio / MinimumRatio, random.NextDouble());
            var (h, w) = ((long)Math.Round(Math.Sqrt(area * ratio)), (long)Math.Round(Math.Sqrt(area / ratio)));
            if (h < height && w < width)
            {
                var (top, left) = (random.NextInt64(height - h + 1), random.NextInt64(width - w + 1));
                return [top, top + h, left, left + w];
            }
        }

        return [0, 0, 0, 0];
    }
}
