using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNet.Core;

/// <summary>The two inner loops of a resize: weighted sums of bytes in fixed point, rounded and clipped to bytes.</summary>
internal static class LineResampler
{
    private const int Half = 1 << (AxisWeights.PrecisionBits - 1);

    /// <summary>Rows resized in one go at most: as many as keep a processor's multipliers busy.</summary>
    public const int AtOnce = 4;

    /// <summary>Rows of pixels, each resized.</summary>
    /// <param name="source">The rows one after the other, 1 to <see cref="AtOnce"/> of them.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">Bytes in a pixel.</param>
    /// <param name="columns">What each new pixel is made of.</param>
    /// <param name="lines">Receives the resized rows.</param>
    /// <param name="offsets">Where each of them starts.</param>
    public static void Across(
        ReadOnlySpan<byte> source, int width, int channels, AxisWeights columns, Span<byte> lines, ReadOnlySpan<int> offsets)
    {
        if (channels == 4 && offsets.Length == AtOnce)
        {
            AcrossFour(MemoryMarshal.Cast<byte, uint>(source), width, columns, lines, offsets);
            return;
        }

        for (var row = 0; row < offsets.Length; row++)
        {
            var line = source.Slice(row * width * channels, width * channels);
            Across(line, channels, columns, lines.Slice(offsets[row], columns.Count * channels));
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

            Bytes(a, b, c, d).CopyTo(result.Slice(i, Vector128<byte>.Count));
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

    private static void Across(ReadOnlySpan<byte> line, int channels, AxisWeights columns, Span<byte> result)
    {
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

    private static void AcrossFour(ReadOnlySpan<uint> source, int width, AxisWeights columns, Span<byte> lines, ReadOnlySpan<int> offsets)
    {
        var size = columns.Count * 4;
        var resultA = MemoryMarshal.Cast<byte, uint>(lines.Slice(offsets[0], size));
        var resultB = MemoryMarshal.Cast<byte, uint>(lines.Slice(offsets[1], size));
        var resultC = MemoryMarshal.Cast<byte, uint>(lines.Slice(offsets[2], size));
        var resultD = MemoryMarshal.Cast<byte, uint>(lines.Slice(offsets[3], size));
        for (var x = 0; x < resultA.Length; x++)
        {
            var weights = columns[x];
            var start = columns.Start(x);
            var lineA = source.Slice(start, weights.Length);
            var lineB = source.Slice(start + width, weights.Length);
            var lineC = source.Slice(start + (2 * width), weights.Length);
            var lineD = source.Slice(start + (3 * width), weights.Length);
            var (a, b, c, d) = (Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half));
            for (var k = 0; k < weights.Length; k++)
            {
                var weight = Vector128.Create(weights[k]);
                a += Channels(lineA[k]) * weight;
                b += Channels(lineB[k]) * weight;
                c += Channels(lineC[k]) * weight;
                d += Channels(lineD[k]) * weight;
            }

            var pixels = Bytes(a, b, c, d).AsUInt32();
            (resultA[x], resultB[x], resultC[x], resultD[x]) = (pixels[0], pixels[1], pixels[2], pixels[3]);
        }
    }

    private static Vector128<int> Channels(uint pixel) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32();

    private static Vector128<byte> Bytes(Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d) =>
        Vector128.Narrow(Vector128.Narrow(Clip(a), Clip(b)), Vector128.Narrow(Clip(c), Clip(d))).AsByte();

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> AxisWeights.PrecisionBits, 0, byte.MaxValue);

    private static Vector128<int> Clip(Vector128<int> sum) =>
        Vector128.Min(Vector128.Max(sum >> AxisWeights.PrecisionBits, Vector128<int>.Zero), Vector128.Create((int)byte.MaxValue));
}
