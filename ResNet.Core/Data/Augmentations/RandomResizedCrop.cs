using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A random part of each image, resized bilinearly, as one affine resampling of the batch. Parts much larger than the
/// result are sampled without smoothing first, so store images little larger than the network's input.
/// </summary>
internal sealed class RandomResizedCrop : IAugmentation
{
    private readonly int size;
    private readonly double minimumScale;
    private readonly bool flip;

    public RandomResizedCrop(int size, double minimumScale, bool flip)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (minimumScale is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumScale), minimumScale, "The smallest share of the area must be above 0, at most 1.");
        }

        (this.size, this.minimumScale, this.flip) = (size, minimumScale, flip);
    }

    public Tensor Apply(Tensor pixels, Random random)
    {
        var (count, channels, height, width) = (pixels.shape[0], pixels.shape[1], pixels.shape[2], pixels.shape[3]);

        // Rows (a, 0, tx) and (0, b, ty): where in the source, on −1..1 axes, an output point on −1..1 axes lies.
        var maps = new float[count * 6];
        for (var i = 0; i < count; i++)
        {
            var (left, top, partWidth, partHeight) = Part(width, height, random);
            var mirror = flip && random.Next(2) == 1 ? -1 : 1;
            maps[(i * 6) + 0] = mirror * (float)partWidth / width;
            maps[(i * 6) + 2] = ((2f * left) + partWidth) / width - 1;
            maps[(i * 6) + 4] = (float)partHeight / height;
            maps[(i * 6) + 5] = ((2f * top) + partHeight) / height - 1;
        }

        using var scope = NewDisposeScope();
        var grid = functional.affine_grid(tensor(maps, device: pixels.device).view(count, 2, 3), [count, channels, size, size], align_corners: false);
        return functional.grid_sample(pixels.to(ScalarType.Float32), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false)
            .MoveToOuterDisposeScope();
    }

    public override string ToString() => $"resized crop to {size}{(flip ? ", flip" : "")}";

    // torchvision's RandomResizedCrop.get_params: ten tries, then the largest central part of an allowed shape.
    private (long Left, long Top, long Width, long Height) Part(long width, long height, Random random)
    {
        const double MinimumRatio = 3.0 / 4, MaximumRatio = 4.0 / 3;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var area = width * height * (minimumScale + (random.NextDouble() * (1 - minimumScale)));
            var ratio = MinimumRatio * Math.Pow(MaximumRatio / MinimumRatio, random.NextDouble());
            var (w, h) = ((long)Math.Round(Math.Sqrt(area * ratio)), (long)Math.Round(Math.Sqrt(area / ratio)));
            if (w > 0 && w <= width && h > 0 && h <= height)
            {
                return (random.NextInt64(width - w + 1), random.NextInt64(height - h + 1), w, h);
            }
        }

        var whole = (double)width / height;
        var (partWidth, partHeight) = whole < MinimumRatio ? (width, (long)Math.Round(width / MinimumRatio))
            : whole > MaximumRatio ? ((long)Math.Round(height * MaximumRatio), height)
            : (width, height);
        return ((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
    }
}
