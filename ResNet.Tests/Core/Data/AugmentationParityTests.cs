using System.Globalization;
using ResNet.Core;
using ResNet.Tests.Core.Networks;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Data;

/// <summary>The operations behind the augmentations give torchvision's bytes; make_augmentations.py has the same image.</summary>
public class AugmentationParityTests
{
    private const int Height = 11, Width = 13;

    private static readonly Dictionary<string, Func<Tensor, double[], Tensor>> Operations = new()
    {
        ["ShearX"] = AffineOperations.ShearX,
        ["ShearY"] = AffineOperations.ShearY,
        ["TranslateX"] = AffineOperations.TranslateX,
        ["TranslateY"] = AffineOperations.TranslateY,
        ["Rotate"] = AffineOperations.Rotate,
        ["Brightness"] = (images, values) => ColorOperations.Brightness(images, Plus1(values)),
        ["Color"] = (images, values) => ColorOperations.Saturation(images, Plus1(values)),
        ["Contrast"] = (images, values) => ColorOperations.Contrast(images, Plus1(values)),
        ["Sharpness"] = (images, values) => ColorOperations.Sharpness(images, Plus1(values)),
        ["Hue"] = ColorOperations.Hue,
        ["Posterize"] = ColorOperations.Posterize,
        ["Solarize"] = ColorOperations.Solarize,
        ["AutoContrast"] = (images, _) => ColorOperations.AutoContrast(images),
        ["Equalize"] = (images, _) => ColorOperations.Equalize(images),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_are_torchvisions(string name)
    {
        foreach (var gray in new[] { false, true })
        {
            var cases = Fixture.Read("augmentations.txt").Where(line => line[0] == (gray ? "gray-" + name : name)).ToArray();
            Assert.True(cases.Length > 0 || name == "Hue");
            if (cases.Length == 0)
            {
                continue;
            }

            // All values at once, one image each: the batch must not matter.
            using var scope = NewDisposeScope();
            var image = Image().narrow(1, 0, gray ? 1 : 3);
            var values = cases.Select(line => double.Parse(line[1], CultureInfo.InvariantCulture)).ToArray();
            var results = Operations[name](image.repeat(values.Length, 1, 1, 1), values);
            Assert.Equal(ScalarType.Byte, results.dtype);
            for (var i = 0; i < cases.Length; i++)
            {
                Assert.Equal(cases[i][2], Convert.ToHexStringLower(results[i].contiguous().bytes));
            }
        }
    }

    private static Tensor Image() =>
        tensor(FormulaWeights.Noise(3 * Height * Width, 99991).Select(u => (byte)Math.Floor(((u + 1) * 64) + 40)).ToArray()).view(1, 3, Height, Width);

    private static double[] Plus1(double[] values) => Array.ConvertAll(values, value => 1 + value);
}
