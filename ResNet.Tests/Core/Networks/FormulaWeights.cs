using System.Runtime.InteropServices;
using ResNet.Core;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

/// <summary>Weights and images out of an integer hash: make_fixtures.py writes the same ones in Python.</summary>
internal static class FormulaWeights
{
    public static void Fill(ClassificationNetwork network) => Fill(network.state_dict());

    /// <summary>In the order of the keys, which does not depend on the order of registration.</summary>
    public static void FillSorted(nn.Module network) => Fill(network.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal));

    private static void Fill(IEnumerable<KeyValuePair<string, Tensor>> entries)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var salt = 0u;
        foreach (var (key, value) in entries)
        {
            if (value.dtype == ScalarType.Float32)
            {
                var noise = Noise((int)value.NumberOfElements, salt);
                var shape = value.shape;
                var target = MemoryMarshal.Cast<byte, float>(value.bytes);
                for (var i = 0; i < noise.Length; i++)
                {
                    target[i] = (float)(shape.Length switch
                    {
                        4 => noise[i] * Math.Sqrt(6.0 / (shape[1] * shape[2] * shape[3])),
                        2 => noise[i] * Math.Sqrt(3.0 / shape[1]),
                        _ when key.EndsWith("running_var") => 1 + (0.5 * noise[i]),
                        _ when key.EndsWith("weight") => 0.7 + (0.3 * noise[i]),
                        _ => 0.2 * noise[i],
                    });
                }
            }

            salt++;
        }
    }

    /// <summary>2×3×size×size bytes.</summary>
    public static Tensor Images(int size) => tensor(Pixels(2, size)).view(2, 3, size, size);

    /// <summary>2×3×height×width bytes.</summary>
    public static Tensor Images(int height, int width) =>
        tensor(Noise(2 * 3 * height * width, 99991).Select(u => (byte)Math.Floor((u + 1) * 128)).ToArray()).view(2, 3, height, width);

    /// <summary>The bytes of count×3×size×size pixels.</summary>
    public static byte[] Pixels(int count, int size) =>
        [.. Noise(count * 3 * size * size, 99991).Select(u => (byte)Math.Floor((u + 1) * 128))];

    /// <summary>Numbers from −1 to below 1.</summary>
    public static double[] Noise(int count, uint salt)
    {
        var result = new double[count];
        for (var i = 0u; i < count; i++)
        {
            var x = unchecked(((i + 1) * 2654435761u) + (salt * 40503u));
            x = unchecked((x ^ (x >> 15)) * 2246822519u);
            x = unchecked((x ^ (x >> 13)) * 3266489917u);
            result[i] = ((x ^ (x >> 16)) / 2147483648.0) - 1;
        }

        return result;
    }
}
