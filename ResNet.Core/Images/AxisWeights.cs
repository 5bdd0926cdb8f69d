using System.Buffers;

namespace ResNet.Core;

/// <summary>
/// One axis of a resize: which source pixels each target pixel is made of, and with which weights. Pillow's
/// <c>precompute_coeffs</c>: the kernel is widened by the scale when shrinking, cut off at the image's edges, made to add
/// up to 1 in double precision, then rounded to fixed point. Holds pooled arrays until disposed.
/// </summary>
internal sealed class AxisWeights : IDisposable
{
    /// <summary>Bits after the point of a weight: 8-bit pixels leave this many in 32 bits, sign and overshoot included.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] starts, counts, weights;
    private readonly int stride;

    /// <param name="from">Source pixels along the axis.</param>
    /// <param name="to">Pixels of the whole resized axis.</param>
    /// <param name="first">The first resized pixel that is wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="interpolation">The kernel.</param>
    public AxisWeights(int from, long to, long first, int count, Interpolation interpolation)
    {
        var scale = (double)from / to;
        var kernelScale = Math.Max(scale, 1);
        var support = (interpolation == Interpolation.Bilinear ? 1 : 2) * kernelScale;
        Count = count;
        stride = Math.Min(checked(((int)Math.Ceiling(support) * 2) + 1), from);
        starts = ArrayPool<int>.Shared.Rent(count);
        counts = ArrayPool<int>.Shared.Rent(count);
        weights = ArrayPool<int>.Shared.Rent(checked(count * stride));
        var exact = ArrayPool<double>.Shared.Rent(stride);
        for (var i = 0; i < count; i++)
        {
            var center = (first + i + 0.5) * scale;
            var start = Math.Max((int)(center - support + 0.5), 0);
            var taps = Math.Min((int)(center + support + 0.5), from) - start;
            (starts[i], counts[i]) = (start, taps);
            MaximumTaps = Math.Max(MaximumTaps, taps);
            Fill(exact.AsSpan(0, taps), start - center + 0.5, 1 / kernelScale, interpolation);
            for (var k = 0; k < taps; k++)
            {
                weights[(i * stride) + k] = (int)((exact[k] < 0 ? -0.5 : 0.5) + (exact[k] * (1 << PrecisionBits)));
            }
        }

        ArrayPool<double>.Shared.Return(exact);
    }

    /// <summary>How many target pixels there are.</summary>
    public int Count { get; }

    /// <summary>The most source pixels that one target pixel is made of.</summary>
    public int MaximumTaps { get; }

    /// <summary>The first source pixel of a target pixel.</summary>
    public int Start(int index) => starts[index];

    /// <summary>The source pixel behind a target pixel's last one.</summary>
    public int End(int index) => starts[index] + counts[index];

    /// <summary>The weights of the source pixels from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<int> this[int index] => weights.AsSpan(index * stride, counts[index]);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<int>.Shared.Return(weights);
    }

    private static void Fill(Span<double> weights, double distance, double scale, Interpolation interpolation)
    {
        var sum = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = interpolation == Interpolation.Bilinear ? Triangle((k + distance) * scale) : Cubic((k + distance) * scale);
            sum += weights[k];
        }

        for (var k = 0; sum != 0 && k < weights.Length; k++)
        {
            weights[k] /= sum;
        }
    }

    private static double Triangle(double x) => Math.Max(1 - Math.Abs(x), 0);

    // Keys 1981.
    private static double Cubic(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((((A + 2) * x) - (A + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * A
            : 0;
    }
}
