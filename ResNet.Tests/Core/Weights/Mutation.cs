using System.Buffers.Binary;

namespace ResNet.Tests.Core.Weights;

/// <summary>Damaged copies of files: flipped bits, lengths that lie, pieces cut out, doubled or taken from elsewhere, ends cut off.</summary>
internal static class Mutation
{
    private static readonly byte[] Bytes = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff, (byte)'(', (byte)'.', (byte)'{', (byte)'[', (byte)'-', (byte)'9'];

    private static readonly long[] Numbers =
        [0, 1, -1, 63, 64, 255, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, 1L << 62];

    public static byte[] Of(byte[][] seeds, Random random)
    {
        var result = seeds[random.Next(seeds.Length)].ToList();
        for (var count = 1 + random.Next(random.Next(1, 6)); count > 0 && result.Count > 0; count--)
        {
            var at = random.Next(result.Count);
            var length = Math.Min(1 + random.Next(1 << random.Next(9)), result.Count - at);
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    result[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3 or 4:
                    result[at] = Bytes[random.Next(Bytes.Length)];
                    break;
                case 5:
                    Number(result, at, random);
                    break;
                case 6:
                    result.RemoveRange(at, length);
                    break;
                case 7:
                    result.InsertRange(at, result.GetRange(at, length));
                    break;
                case 8:
                    var other = seeds[random.Next(seeds.Length)];
                    var from = random.Next(other.Length);
                    result.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                    break;
                default:
                    if (random.Next(4) == 0)
                    {
                        result.RemoveRange(at, result.Count - at);
                    }

                    break;
            }
        }

        return [.. result];
    }

    // A number that is there may be off by one, or become any.
    private static void Number(List<byte> file, int at, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        var width = Math.Min(1 << random.Next(1, 4), file.Count - at);
        var old = 0L;
        for (var i = width - 1; i >= 0; i--)
        {
            old = (old << 8) | file[at + i];
        }

        BinaryPrimitives.WriteInt64LittleEndian(number, random.Next(2) == 0 ? old + random.Next(-1, 2) : Numbers[random.Next(Numbers.Length)]);
        for (var i = 0; i < width; i++)
        {
            file[at + i] = number[i];
        }
    }
}
