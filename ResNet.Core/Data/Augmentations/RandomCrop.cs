using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Padding, a random crop back to the size before, and a flip, all in one gather: each output pixel names its source.</summary>
internal sealed class RandomCrop : IAugmentation
{
    private readonly int padding;
    private readonly bool flip;

    public RandomCrop(int padding, bool flip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        (this.padding, this.flip) = (padding, flip);
    }

    public Tensor Apply(Tensor pixels, Random random)
    {
        var (count, channels, height, width) = (pixels.shape[0], pixels.shape[1], pixels.shape[2], pixels.shape[3]);
        var rows = new long[count * height];
        var columns = new long[count * width];
        for (var i = 0; i < count; i++)
        {
            var (top, left) = (random.Next((2 * padding) + 1), random.Next((2 * padding) + 1));
            var mirrored = flip && random.Next(2) == 1;
            for (var y = 0; y < height; y++)
            {
                rows[(i * height) + y] = top + y;
            }

            for (var x = 0; x < width; x++)
            {
                columns[(i * width) + x] = left + (mirrored ? width - 1 - x : x);
            }
        }

        using var scope = NewDisposeScope();
        var device = pixels.device;
        return functional.pad(pixels, [padding, padding, padding, padding])
            .index(
                arange(count, ScalarType.Int64, device).view(-1, 1, 1, 1),
                arange(channels, ScalarType.Int64, device).view(1, -1, 1, 1),
                tensor(rows, device: device).view(count, 1, height, 1),
                tensor(columns, device: device).view(count, 1, 1, width))
            .MoveToOuterDisposeScope();
    }

    public override string ToString() => $"crop (padding {padding}){(flip ? ", flip" : "")}";
}
