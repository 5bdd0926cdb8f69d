using System.Buffers.Binary;

namespace ResNet.Core;

/// <summary>The checksum of zip files (ISO 3309, reflected polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    // Row k holds the checksum of each byte followed by k zero bytes.
    private static readonly uint[][] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = Table[7][(byte)low] ^ Table[6][(byte)(low >> 8)] ^ Table[5][(byte)(low >> 16)] ^ Table[4][low >> 24]
                ^ Table[3][(byte)high] ^ Table[2][(byte)(high >> 8)] ^ Table[1][(byte)(high >> 16)] ^ Table[0][high >> 24];
        }

        foreach (var value in data)
        {
            crc = Table[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] MakeTable()
    {
        var table = new uint[8][];
        for (var row = 0; row < 8; row++)
        {
            table[row] = new uint[256];
            for (var i = 0; i < 256; i++)
            {
                var crc = row == 0 ? (uint)i : table[row - 1][i];
                for (var bit = 0; bit < 8; bit++)
                {
                    crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
                }

                table[row][i] = crc;
            }
        }

        return table;
    }
}
