using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNet.Core;

/// <summary>The two inner loops of a resize: weighted sums of bytes in fixed point, rounded and clipped to bytes.</summary>
internal static class LineResampler
{
    private const int Half = 1 << (AxisWeights.PrecisionBits - 1);

    /// <summary>A row of pixels, resized.</summary>
    public static void Across(ReadOnlySpan<byte> line, int channels, AxisWeights columns, Span<byte> result)
    {
        if (channels == 4)
        {
            AcrossFour(MemoryMarshal.Cast<byte, uint>(line), columns, MemoryMarshal.Cast<byte, uint>(result));
            return;
        }

        for (var x = 0; x < columns.Count; x++)
        {
            var weights = columns[x];
            var source = line.Slice(columns.Start(x) * channels, weights.Length * channels);
            for (var c = 0; c < channels; c++)
            {
                var sum = Half;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += source[(k * channels) + c] * weights[k];
                }

                result[(x * channels) + c] = Clip(sum);
            }
        }
    }

    /// <summary>The weighted sum of several rows.</summary>
    /// <param name="lines">Holds the rows.</param>
    /// <param name="offsets">Where each row starts.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="result">The sum; its length is a row's.</param>
    public static void Down(ReadOnlySpan<byte> lines, ReadOnlySpan<int> offsets, ReadOnlySpan<int> weights, Span<byte> result)
    {
        var i = 0;
        for (; i <= result.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (a, b, c, d) = (Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half));
            for (var k = 0; k < weights.Length; k++)
            {
                var weight = Vector128.Create(weights[k]);
                var (low, high) = Vector128.Widen(Vector128.Create(lines.Slice(offsets[k] + i, Vector128<byte>.Count)));
                a += Vector128.WidenLower(low).AsInt32() * weight;
                b += Vector128.WidenUpper(low).AsInt32() * weight;
                c += Vector128.WidenLower(high).AsInt32() * weight;
                d += Vector128.WidenUpper(high).AsInt32() * weight;
            }

            Vector128.Narrow(Vector128.Narrow(Clip(a), Clip(b)), Vector128.Narrow(Clip(c), Clip(d))).AsByte()
                .CopyTo(result.Slice(i, Vector128<byte>.Count));
        }

        for (; i < result.Length; i++)
        {
            var sum = Half;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += lines[offsets[k] + i] * weights[k];
            }

            result[i] = Clip(sum);
        }
    }

    private static void AcrossFour(ReadOnlySpan<uint> line, AxisWeights columns, Span<uint> result)
    {
        for (var x = 0; x < result.Length; x++)
        {
            var weights = columns[x];
            var source = line.Slice(columns.Start(x), weights.Length);
            var sum = Vector128.Create(Half);
            for (var k = 0; k < weights.Length; k++)
            {
                var pixel = Vector128.CreateScalarUnsafe(source[k]).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(pixel)).AsInt32() * Vector128.Create(weights[k]);
            }

            var clipped = Vector128.Narrow(Clip(sum), Vector128<int>.Zero);
            result[x] = Vector128.Narrow(clipped, Vector128<short>.Zero).AsUInt32().ToScalar();
        }
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> AxisWeights.PrecisionBits, 0, byte.MaxValue);

    private static Vector128<int> Clip(Vector128<int> sum) =>
        Vector128.Min(Vector128.Max(sum >> AxisWeights.PrecisionBits, Vector128<int>.Zero), Vector128.Create((int)byte.MaxValue));
}
