using System.Globalization;
using ResNet.Core;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

/// <summary>The small files beside these tests, written by PyTorch; make_fixtures.py tells how.</summary>
internal static class WeightFixtures
{
    public static string File(string name) => Path.Combine(Repository.Root, "ResNet.Tests", "Core", "Weights", "Fixtures", name);

    public static byte[] Bytes(string name) => System.IO.File.ReadAllBytes(File(name));

    /// <summary>A file's weights as PyTorch saw them: name, dtype in safetensors' words, shape, values.</summary>
    public static IReadOnlyList<(string Name, string Type, long[] Shape, double[] Values)> Expected(string file) =>
    [
        .. Fixture.Read("weights-expected.txt").Where(line => line[0] == file).Select(line => (
            line[1], line[2], line[3] == "scalar" ? [] : line[3].Split('x').Select(long.Parse).ToArray(),
            line[4..].Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())),
    ];

    public static double[] Values(WeightTensor weights)
    {
        using var scope = NewDisposeScope();
        return weights.ToTensor().to(ScalarType.Float64).data<double>().ToArray();
    }

    public static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Float64 => "F64",
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Int16 => "I16",
        ScalarType.Int8 => "I8",
        ScalarType.Byte => "U8",
        ScalarType.Bool => "BOOL",
        _ => "?",
    };
}
