using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace ResNet.Tests.Core;

/// <summary>Just enough of .npy and .safetensors to read float32 test data.</summary>
internal static class TensorFiles
{
    public static Tensor ReadNpy(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        if (!header.Contains("'<f4'") || header.Contains("'fortran_order': True"))
        {
            throw new InvalidDataException($"Expected float32 in C order, but the header is {header}.");
        }

        var shape = Regex.Match(header, @"'shape': \(([^)]*)\)").Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse).ToArray();
        return Floats(bytes.AsSpan(10 + headerLength), shape);
    }

    public static Dictionary<string, Tensor> ReadSafetensors(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        var result = new Dictionary<string, Tensor>();
        foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            if (entry.Value.GetProperty("dtype").GetString() != "F32")
            {
                throw new InvalidDataException($"{entry.Name} is not float32.");
            }

            var range = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(end => end.GetInt32()).ToArray();
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()).ToArray();
            result[entry.Name] = Floats(bytes.AsSpan(8 + headerLength)[range[0]..range[1]], shape);
        }

        return result;
    }

    private static Tensor Floats(ReadOnlySpan<byte> bytes, long[] shape) =>
        tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray()).reshape(shape);
}
