using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>One of fourteen changes an image, of one of 31 strengths, each as likely (Müller and Hutter 2021; torchvision's TrivialAugmentWide).</summary>
internal sealed class TrivialAugmentWide : IAugmentation
{
    private const int Strengths = 31;

    private static readonly (Func<Tensor, double[], Tensor> Apply, Func<double, double> Value, bool Signed)[] Changes =
    [
        ((images, _) => images, share => 0, false),
        (AffineOperations.ShearX, share => 0.99 * share, true),
        (AffineOperations.ShearY, share => 0.99 * share, true),
        (AffineOperations.TranslateX, share => 32 * share, true),
        (AffineOperations.TranslateY, share => 32 * share, true),
        (AffineOperations.Rotate, share => 135 * share, true),
        (Around1(ColorOperations.Brightness), share => 0.99 * share, true),
        (Around1(ColorOperations.Saturation), share => 0.99 * share, true),
        (Around1(ColorOperations.Contrast), share => 0.99 * share, true),
        (Around1(ColorOperations.Sharpness), share => 0.99 * share, true),
        (ColorOperations.Posterize, share => 8 - Math.Round(6 * share), false),
        (ColorOperations.Solarize, share => 255 * (1 - share), false),
        ((images, _) => ColorOperations.AutoContrast(images), share => 0, false),
        ((images, _) => ColorOperations.Equalize(images), share => 0, false),
    ];

    public Tensor Apply(Tensor pixels, Random random)
    {
        var chosen = Changes.Select(_ => new List<(long Image, double Value)>()).ToArray();
        for (var image = 0L; image < pixels.shape[0]; image++)
        {
            var change = random.Next(Changes.Length);
            var value = Changes[change].Value(random.Next(Strengths) / (Strengths - 1.0));
            chosen[change].Add((image, Changes[change].Signed && random.Next(2) == 1 ? -value : value));
        }

        using var scope = NewDisposeScope();
        var images = Bytes.Of(pixels);
        var result = images.clone();
        for (var change = 0; change < Changes.Length; change++)
        {
            if (chosen[change].Count > 0)
            {
                using var inner = NewDisposeScope();
                var indices = tensor(chosen[change].Select(choice => choice.Image).ToArray(), device: pixels.device);
                var changed = Changes[change].Apply(images.index_select(0, indices), [.. chosen[change].Select(choice => choice.Value)]);
                result.index_copy_(0, indices, changed);
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    public override string ToString() => "TrivialAugment (wide)";

    private static Func<Tensor, double[], Tensor> Around1(Func<Tensor, double[], Tensor> change) =>
        (images, values) => change(images, Array.ConvertAll(values, value => 1 + value));
}
